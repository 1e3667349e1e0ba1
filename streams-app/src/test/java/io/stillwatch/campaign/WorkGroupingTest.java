package io.stillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.sketch.PromptMean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkGroupingTest {
    private static final int LEAST = 5;

    private final Random random = new Random(5);
    private final List<LinkedAccount> accounts = new ArrayList<>();

    private double[] source() {
        double[] direction = new double[PromptMean.DIMENSIONS];
        double squared = 0;
        for (int d = 0; d < direction.length; d++) {
            direction[d] = random.nextGaussian();
            squared += direction[d] * direction[d];
        }
        for (int d = 0; d < direction.length; d++) {
            direction[d] /= Math.sqrt(squared);
        }
        return direction;
    }

    /** Prompts are unit vectors around a place half-way out. */
    private Optional<PromptMean> prompts(double[] source, int number) {
        double[] mean = new double[PromptMean.DIMENSIONS];
        for (int prompt = 0; prompt < number; prompt++) {
            double[] around = source();
            for (int d = 0; d < mean.length; d++) {
                mean[d] += (0.6 * source[d] + 0.8 * around[d]) / number;
            }
        }
        return Optional.of(new PromptMean(number, mean, 1));
    }

    private void add(String account, int requests, Optional<PromptMean> content, LinkKey... keys) {
        accounts.add(new LinkedAccount(
                account, 0, OptionalLong.empty(), 0, 1_000, requests, requests * 100L, List.of(keys), content));
    }

    private static LinkKey key(LinkKind kind, String token) {
        return new LinkKey(kind, Hash64.of(token), 10);
    }

    private List<Group> groups() {
        LinkIndex index = new LinkIndex();
        accounts.forEach(index::put);
        return new WorkGrouping(LEAST).groups(index);
    }

    private static List<String> names(Group group) {
        return group.members().stream().map(Member::account).toList();
    }

    private void strangers(int number) {
        for (int at = 0; at < number; at++) {
            add("s-" + at, 20, prompts(source(), 20), key(LinkKind.PAYMENT, "own-" + at));
        }
    }

    @Test
    void accountsThatShareNothingButTheWorkAreAGroup() {
        strangers(150);
        double[] queue = source();
        IntStream.range(0, 25).forEach(at -> add("w-" + at, 15, prompts(queue, 15)));

        List<Group> groups = groups();

        assertThat(groups).hasSize(1);
        assertThat(names(groups.get(0))).hasSize(25).allMatch(name -> name.startsWith("w-"));
        assertThat(groups.get(0).members()).allSatisfy(member -> {
            assertThat(member.sharedKinds()).containsExactly("work");
            assertThat(member.reason()).isEqualTo("shares its kind of work with 24 of the members");
        });
    }

    @Test
    void theGroupsDependOnTheNewestRecordOfEachAccountAlone() {
        strangers(120);
        double[] queue = source();
        double[] other = source();
        IntStream.range(0, 20)
                .forEach(at -> add("w-" + at, 15, prompts(queue, 15), key(LinkKind.PAYMENT, "p-" + at % 3)));
        IntStream.range(0, 20).forEach(at -> add("v-" + at, 15, prompts(other, 15)));
        List<Group> groups = groups();

        List<LinkedAccount> before = List.copyOf(accounts);
        Collections.shuffle(accounts, random);
        accounts.addAll(before);

        assertThat(groups()).isEqualTo(groups);
        assertThat(groups).hasSize(2);
    }

    @Test
    void aGroupByKeysTakesInThoseThatWorkAsItDoesBehindItsInfrastructureAndNobodyElse() {
        strangers(150);
        double[] queue = source();
        IntStream.range(0, 30)
                .forEach(at -> add(
                        "k-" + at,
                        15,
                        prompts(queue, 15),
                        key(LinkKind.PAYMENT, "card-" + at % 3),
                        key(LinkKind.INSTRUCTIONS, "kit")));
        IntStream.range(0, 3)
                .forEach(at -> add("card-" + at, 15, prompts(queue, 15), key(LinkKind.PAYMENT, "card-" + at)));
        IntStream.range(0, 4).forEach(at -> add("w-" + at, 15, prompts(queue, 15)));

        List<Group> groups = groups();

        assertThat(groups).hasSize(1);
        assertThat(names(groups.get(0))).hasSize(33).noneMatch(name -> name.startsWith("w-"));
    }

    @Test
    void aGroupByKeysTakesNobodyInFromACrowdThatWorksAsItDoes() {
        strangers(150);
        double[] common = source();
        IntStream.range(0, 30)
                .forEach(at -> add(
                        "k-" + at,
                        15,
                        prompts(common, 15),
                        key(LinkKind.PAYMENT, "card"),
                        key(LinkKind.INSTRUCTIONS, "kit")));
        IntStream.range(0, 25).forEach(at -> add("crowd-" + at, 15, prompts(common, 15)));

        assertThat(names(groups().get(0))).hasSize(30).allMatch(name -> name.startsWith("k-"));
    }

    @Test
    void aGroupByKeysThatIsAFewOfACrowdIsSaidToWorkAlikeAndTheCrowdStandsBeside() {
        strangers(150);
        double[] common = source();
        IntStream.range(0, 10)
                .forEach(at -> add(
                        "k-" + at,
                        15,
                        prompts(common, 15),
                        key(LinkKind.PAYMENT, "card"),
                        key(LinkKind.INSTRUCTIONS, "kit")));
        add("behind", 15, prompts(common, 15), key(LinkKind.PAYMENT, "card"));
        IntStream.range(0, 25).forEach(at -> add("crowd-" + at, 15, prompts(common, 15)));

        List<Group> groups = groups();

        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).byKeys()).isTrue();
        assertThat(names(groups.get(0))).hasSize(11).contains("behind").noneMatch(name -> name.startsWith("crowd"));
        assertThat(groups.get(0).members())
                .allSatisfy(member -> assertThat(member.sharedKinds()).contains("payment", "work"));
        assertThat(groups.get(1).byKeys()).isFalse();
        assertThat(names(groups.get(1))).hasSize(36);
    }

    @Test
    void whatIsFreeToShareBringsNobodyIntoACampaignWhosePromptsLieElsewhere() {
        double[] queue = source();
        IntStream.range(0, 300)
                .forEach(at -> add(
                        "s-" + at,
                        40,
                        prompts(source(), 40),
                        key(LinkKind.PAYMENT, "own-" + at),
                        key(LinkKind.PARAMETERS, "usual"),
                        key(LinkKind.CLIENT, "client-" + at % 9)));
        IntStream.range(0, 40)
                .forEach(at -> add(
                        "k-" + at,
                        15,
                        prompts(queue, 15),
                        key(LinkKind.PAYMENT, "card-" + at % 4),
                        key(LinkKind.NETWORK, "net-" + at % 6),
                        key(LinkKind.PARAMETERS, "chat"),
                        key(LinkKind.CLIENT, "web")));
        IntStream.range(0, 30)
                .forEach(at -> add(
                        "new-" + at,
                        4,
                        prompts(source(), 4),
                        key(LinkKind.PAYMENT, "mine-" + at),
                        key(LinkKind.PARAMETERS, "chat"),
                        key(LinkKind.CLIENT, "web")));

        List<Group> byKeys = groups().stream().filter(Group::byKeys).toList();

        assertThat(byKeys.stream().filter(group -> names(group).contains("k-0")))
                .singleElement()
                .satisfies(group -> assertThat(names(group)).hasSize(40).allMatch(name -> name.startsWith("k-")));
    }

    @Test
    void whoMakesManyTimesTheUsualRequestsDoesNotSpeakForAGroup() {
        strangers(150);
        double[] queue = source();
        IntStream.range(0, 25).forEach(at -> add("w-" + at, 15, prompts(queue, 15)));
        add("reseller", 4_000, prompts(queue, 15));

        assertThat(names(groups().get(0))).hasSize(25).doesNotContain("reseller");
    }

    @Test
    void aGroupIsToldInWordsWithWhatItsAccountsDoNotShare() {
        strangers(150);
        double[] queue = source();
        IntStream.range(0, 25)
                .forEach(at -> add("w-" + at, 15, prompts(queue, 15), key(LinkKind.PAYMENT, "mine-" + at)));
        LinkIndex index = new LinkIndex();
        accounts.forEach(index::put);

        String words = GroupInWords.of(new WorkGrouping(LEAST).groups(index).get(0), new Gathering(false), index);

        assertThat(words)
                .contains("25 accounts with 15 requests each in the middle (15 to 15).")
                .contains("In common, by how many accounts: kind of work (25)")
                .contains("by less than half or nobody: payment token (0)")
                .contains("not told by the gateway: network, sign-up token")
                .contains("When they signed up is not known.")
                .containsPattern("Pairs to look at, .*w-\\d+ and w-\\d+ .* times");
        assertThat(words.split("; w-")).hasSize(5);
    }

    @Test
    void accountsWithoutPromptsAreInNoGroupByWork() {
        IntStream.range(0, 40).forEach(at -> add("n-" + at, 15, Optional.empty()));

        assertThat(groups()).isEmpty();
    }

    @Test
    void aLookAfterOthersFindsWhatAFirstLookWould() {
        LinkIndex index = new LinkIndex();
        WorkGrouping looking = new WorkGrouping(LEAST);
        double[] queue = source();
        double[] other = source();
        strangers(150);
        IntStream.range(0, 40).forEach(at -> add("w-" + at, 15, prompts(queue, 15)));
        IntStream.range(0, 30)
                .forEach(at -> add("v-" + at, 12, prompts(other, 12), key(LinkKind.PAYMENT, "p-" + at % 4)));
        for (int round = 0; round < 12; round++) {
            Collections.shuffle(accounts, random);
            for (LinkedAccount account : accounts.subList(0, 60)) {
                index.put(account);
            }
            index.remove(accounts.get(70).account());
            if (round % 3 == 1) {
                add("late-" + round, 20, prompts(queue, 20));
            }

            assertThat(looking.groups(index)).isEqualTo(new WorkGrouping(LEAST).groups(index));
        }
    }

    @Test
    void aLookAfterOthersFindsWhatAFirstLookWouldAmongTooManyForAllPairs() {
        LinkIndex index = new LinkIndex();
        WorkGrouping looking = new WorkGrouping(LEAST);
        double[] queue = source();
        double[] crowd = source();
        strangers(1_400);
        IntStream.range(0, 120).forEach(at -> add("w-" + at, 15, prompts(queue, 15)));
        IntStream.range(0, 200).forEach(at -> add("crowd-" + at, 15, prompts(crowd, 15)));
        Collections.shuffle(accounts, random);
        accounts.subList(0, 1_550).forEach(index::put);
        looking.groups(index);
        for (int round = 0; round < 4; round++) {
            accounts.subList(1_500 + 50 * round, 1_550 + 50 * round).forEach(index::put);
            accounts.subList(10 * round, 10 * round + 5).forEach(account -> index.remove(account.account()));
            accounts.subList(300 + round, 320 + round).forEach(index::put);

            List<Group> groups = looking.groups(index);

            assertThat(groups).isEqualTo(new WorkGrouping(LEAST).groups(index)).isNotEmpty();
        }
    }
}
