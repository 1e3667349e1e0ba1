package io.stillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CampaignBookTest {
    private final CampaignBook book = new CampaignBook();

    @Test
    void aCampaignKeepsItsIdWhileItGrows() {
        found("c-1", "a", "b", "c");

        CampaignBook.Sighting sighting =
                book.recognise(List.of(group("a", "b", "d", "e", "f", "g"))).get(0);

        assertThat(sighting.known()).isTrue();
        assertThat(sighting.name()).isEqualTo("c-1");
        assertThat(sighting.merged()).isEmpty();
    }

    @Test
    void ofTwoThatHaveBecomeOneTheLargerPartGoesOn() {
        found("c-1", "a", "b");
        found("c-2", "c", "d", "e");

        CampaignBook.Sighting sighting =
                book.recognise(List.of(group("a", "b", "c", "d", "e"))).get(0);

        assertThat(sighting.name()).isEqualTo("c-2");
        assertThat(sighting.merged()).containsExactly("c-1");
    }

    @Test
    void whenACampaignFallsApartTheLargerPartIsIt() {
        found("c-1", "a", "b", "c", "d", "e");

        List<CampaignBook.Sighting> sightings = book.recognise(List.of(group("a", "b"), group("c", "d", "e")));

        assertThat(sightings.get(0).known()).isFalse();
        assertThat(sightings.get(1).name()).isEqualTo("c-1");
    }

    @Test
    void aCampaignStaysTheGroupThatKeysTieThoughMoreOfItsMembersWorkAsACrowdDoes() {
        found("c-1", "a", "b", "c", "d", "e");
        Group byKeys = new Group(List.of(member("a", 1), member("b", 1), member("c", 1)), true, 1);
        Group crowd = new Group(
                List.of(member("a", 1), member("b", 1), member("c", 1), member("d", 1), member("x", 1), member("y", 1)),
                false,
                2);

        List<CampaignBook.Sighting> sightings = book.recognise(List.of(byKeys, crowd));

        assertThat(sightings.get(0).name()).isEqualTo("c-1");
        assertThat(sightings.get(1).known()).isFalse();
    }

    @Test
    void strangersAreNoCampaign() {
        found("c-1", "a", "b", "c");

        assertThat(book.recognise(List.of(group("x", "y"))).get(0).known()).isFalse();
    }

    @Test
    void aNameComesFromWhatIsSharedAndIsGivenOnce() {
        String name = nameOf(new Group(List.of(member("b", 5), member("z", 3)), true, 42));

        assertThat(name).isEqualTo(nameOf(new Group(List.of(member("q", 9)), true, 42)));
        assertThat(name).isNotEqualTo(nameOf(new Group(List.of(member("q", 9)), true, 43)));
        found(name, "x");
        assertThat(nameOf(new Group(List.of(member("z", 3)), true, 42))).isNotEqualTo(name);
    }

    @Test
    void ofTwoGroupsWithOneMarkEachHasANameOfItsOwnTheLargerOneThatOfTheMark() {
        Group small = new Group(List.of(member("a", 1)), true, 42);
        Group large = new Group(List.of(member("b", 1), member("c", 1)), true, 42);

        List<CampaignBook.Sighting> together = book.recognise(List.of(small, large));

        assertThat(together.get(1).name()).isEqualTo(nameOf(large));
        assertThat(together.get(0).name()).isNotEqualTo(nameOf(small));
    }

    @Test
    void whoTurnsOutToBelongElsewhereLeavesAndWhoHasGoneStays() {
        found("c-1", "a", "b", "gone");
        LinkIndex about = new LinkIndex();
        Stream.of("a", "b")
                .forEach(account -> about.put(
                        new LinkedAccount(account, 0, OptionalLong.empty(), 0, 0, 1, 1, List.of(), Optional.empty())));

        assertThat(book.leaving("c-1", group("a"), about)).containsExactly("b");
    }

    @Test
    void aStruckMemberIsOfNoCampaign() {
        found("c-1", "a", "b");
        book.strike("c-1", "a");
        book.strike("c-2", "b");

        assertThat(book.campaignOf("a")).isEmpty();
        assertThat(book.campaignOf("b")).contains("c-1");
        assertThat(book.members("c-1")).containsExactly("b");
    }

    private String nameOf(Group group) {
        return book.recognise(List.of(group)).get(0).name();
    }

    private void found(String campaign, String... accounts) {
        Stream.of(accounts).forEach(account -> book.enter(campaign, account));
    }

    private static Group group(String... accounts) {
        return new Group(Stream.of(accounts).map(account -> member(account, 0)).toList(), true, 1);
    }

    private static Member member(String account, long firstMs) {
        return new Member(account, Map.of(), firstMs, Optional.empty(), 1, 1);
    }
}
