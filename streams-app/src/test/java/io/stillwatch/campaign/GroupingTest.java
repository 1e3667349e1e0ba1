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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GroupingTest {
    private static final long DAY_MS = 86_400_000;
    private static final long NOW_MS = 20_000 * DAY_MS;
    private static final int LEAST = 5;

    private final Random random = new Random(7);
    private final List<LinkedAccount> accounts = new ArrayList<>();

    @Test
    void accountsOfOneHarvestBehindAFewProxiesAreOneGroupAndNobodyElse() {
        honest(400);
        List<String> members = hydra("h", 60, 6, 12, "kit", 1);

        List<Group> groups = groups();

        assertThat(groups).hasSize(1);
        assertThat(names(groups.get(0))).containsExactlyInAnyOrderElementsOf(members);
        assertThat(groups.get(0).members()).allSatisfy(member -> {
            assertThat(member.confidence()).isGreaterThan(0.8);
            assertThat(member.reason()).contains("system instructions");
        });
    }

    @Test
    void oneSharedTokenTiesNobody() {
        honest(400);
        for (int at = 0; at < 40; at++) {
            add("office-" + at, 200, List.of(key(LinkKind.NETWORK, "office"), own(LinkKind.PAYMENT), usual()), null);
        }

        assertThat(groups()).isEmpty();
    }

    @Test
    void aTemplateThatHalfTheWorldSharesTiesNobodyOfANetworkOfStrangers() {
        for (int at = 0; at < 600; at++) {
            List<LinkKey> keys = new ArrayList<>(List.of(own(LinkKind.PAYMENT), usual()));
            keys.add(key(LinkKind.NETWORK, "cloud-" + at % 5));
            if (at % 2 == 0) {
                keys.add(key(LinkKind.INSTRUCTIONS, "framework"));
            }
            add("a-" + at, 200, keys, null);
        }

        assertThat(groups()).isEmpty();
    }

    @Test
    void twoCampaignsOfOneKitThatHarvestDifferentThingsStayApart() {
        honest(400);
        List<String> one = hydra("one", 60, 6, 12, "kit", 1);
        List<String> other = hydra("other", 40, 4, 8, "kit", 2);

        List<Group> groups = groups();

        assertThat(groups).hasSize(2);
        assertThat(groups.stream().map(GroupingTest::names))
                .anySatisfy(names -> assertThat(names).containsExactlyInAnyOrderElementsOf(one))
                .anySatisfy(names -> assertThat(names).containsExactlyInAnyOrderElementsOf(other));
    }

    @Test
    void accountsWithoutAnyInfrastructureInCommonAreFoundByWhatTheyDo() {
        honest(400);
        List<String> members = new ArrayList<>();
        for (int at = 0; at < 40; at++) {
            members.add(add(
                    "h-" + at,
                    2,
                    List.of(own(LinkKind.PAYMENT), key(LinkKind.INSTRUCTIONS, "kit"), key(LinkKind.PARAMETERS, "kit")),
                    content(1, 20)));
        }

        assertThat(groups())
                .singleElement()
                .satisfies(group -> assertThat(names(group)).containsExactlyInAnyOrderElementsOf(members));
    }

    @Test
    void anHonestAccountThatIsMadeToLookAlikeInOneThingIsNotNamed() {
        honest(400);
        hydra("h", 60, 6, 12, "kit", 1);
        for (int at = 0; at < 20; at++) {
            add(
                    "victim-" + at,
                    300,
                    List.of(key(LinkKind.NETWORK, "h-network-" + at % 12), own(LinkKind.PAYMENT), usual()),
                    content(9, 50));
        }

        assertThat(groups())
                .singleElement()
                .satisfies(group -> assertThat(names(group)).noneMatch(name -> name.startsWith("victim")));
    }

    @Test
    void aKeyOf25000AccountsAndAnAccountInManyKeysAreNoTrouble() {
        for (int at = 0; at < 25_000; at++) {
            add(
                    "h-" + at,
                    1,
                    List.of(
                            key(LinkKind.INSTRUCTIONS, "kit"),
                            key(LinkKind.PARAMETERS, "kit"),
                            key(LinkKind.PAYMENT, "pay-" + at / 12)),
                    content(1, 20));
        }
        honest(5_000);
        List<LinkKey> many = new ArrayList<>();
        for (int at = 0; at < 8; at++) {
            many.add(key(LinkKind.INSTRUCTIONS, "app-" + at));
            many.add(key(LinkKind.PARAMETERS, "way-" + at));
        }
        add("platform", 400, many, content(4, 500));

        List<Group> groups = groups();

        assertThat(groups)
                .singleElement()
                .satisfies(group -> assertThat(group.members()).hasSize(25_000));
    }

    @Property(tries = 20)
    void theOrderInWhichAccountsComeDoesNotMatter(@ForAll long seed) {
        honest(150);
        hydra("h", 30, 3, 6, "kit", 1);
        List<Group> before = groups();

        LinkIndex index = new LinkIndex();
        List<LinkedAccount> shuffled = new ArrayList<>(accounts);
        Collections.shuffle(shuffled, new Random(seed));
        for (LinkedAccount account : shuffled) {
            // Something older about each comes first, as it would.
            index.put(new LinkedAccount(
                    account.account(),
                    account.partition(),
                    account.createdMs(),
                    account.firstMs(),
                    account.firstMs(),
                    1,
                    1,
                    List.of(),
                    Optional.empty()));
        }
        shuffled.forEach(index::put);

        assertThat(Grouping.groups(index, LEAST)).isEqualTo(before);
        accounts.clear();
    }

    @Test
    void whoHasGoneIsNoMember() {
        honest(300);
        List<String> members = hydra("h", 30, 3, 6, "kit", 1);
        LinkIndex index = index();
        index.remove(members.get(0));

        assertThat(Grouping.groups(index, LEAST))
                .singleElement()
                .satisfies(group -> assertThat(names(group))
                        .containsExactlyInAnyOrderElementsOf(members.subList(1, members.size())));
        SourceClocks clocks = new SourceClocks(3);
        clocks.observe(1, NOW_MS + 9 * DAY_MS);
        assertThat(index.quietFor(DAY_MS, clocks, Long.MAX_VALUE)).isEmpty();
        clocks.observe(0, NOW_MS + 2 * DAY_MS);
        assertThat(index.quietFor(DAY_MS, clocks, Long.MAX_VALUE)).hasSize(index.accounts());
    }

    private List<String> hydra(String name, int size, int payments, int networks, String kit, int source) {
        return IntStream.range(0, size)
                .mapToObj(at -> add(
                        name + "-" + at,
                        random.nextInt(3),
                        List.of(
                                key(LinkKind.PAYMENT, name + "-payment-" + random.nextInt(payments)),
                                key(LinkKind.NETWORK, name + "-network-" + random.nextInt(networks)),
                                key(LinkKind.INSTRUCTIONS, kit),
                                key(LinkKind.PARAMETERS, kit)),
                        content(source, 20)))
                .toList();
    }

    private void honest(int number) {
        for (int at = 0; at < number; at++) {
            add(
                    "honest-" + at,
                    1 + random.nextInt(600),
                    List.of(
                            own(LinkKind.PAYMENT),
                            key(LinkKind.NETWORK, "network-" + random.nextInt(200)),
                            key(LinkKind.CLIENT, "client-" + random.nextInt(6)),
                            key(LinkKind.PARAMETERS, "way-" + random.nextInt(4))),
                    content(random.nextInt(1_000), 30));
        }
    }

    private LinkKey usual() {
        return key(LinkKind.PARAMETERS, "way-" + random.nextInt(4));
    }

    private LinkKey own(LinkKind kind) {
        return new LinkKey(kind, random.nextLong(), 10);
    }

    private static LinkKey key(LinkKind kind, String token) {
        return new LinkKey(kind, Hash64.of(token), 10);
    }

    private String add(String account, int ageDays, List<LinkKey> keys, PromptMean content) {
        accounts.add(new LinkedAccount(
                account,
                0,
                OptionalLong.of(NOW_MS - ageDays * DAY_MS),
                NOW_MS,
                NOW_MS,
                20,
                4_000,
                keys,
                Optional.ofNullable(content)));
        return account;
    }

    /** The mean of some prompts of a source: its centre, and what sampling adds. */
    private PromptMean content(int source, int prompts) {
        Random centre = new Random(source);
        double[] mean = new double[PromptMean.DIMENSIONS];
        for (int d = 0; d < mean.length; d++) {
            mean[d] = 0.03 * centre.nextGaussian() + Math.sqrt(0.9 / mean.length / prompts) * random.nextGaussian();
        }
        return new PromptMean(prompts, mean, 1);
    }

    private LinkIndex index() {
        LinkIndex index = new LinkIndex();
        accounts.forEach(index::put);
        return index;
    }

    private List<Group> groups() {
        return Grouping.groups(index(), LEAST);
    }

    private static List<String> names(Group group) {
        return group.members().stream().map(Member::account).toList();
    }
}
