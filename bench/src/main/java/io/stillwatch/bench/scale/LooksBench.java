package io.stillwatch.bench.scale;

import com.sun.management.OperatingSystemMXBean;
import io.stillwatch.campaign.Group;
import io.stillwatch.campaign.LinkIndex;
import io.stillwatch.campaign.LinkKey;
import io.stillwatch.campaign.LinkKind;
import io.stillwatch.campaign.LinkedAccount;
import io.stillwatch.campaign.WorkGrouping;
import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.sketch.PromptMean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it costs to look for campaigns, from thousands of accounts to a million. */
@Command(
        name = "bench/run looks",
        header = "What a look for campaigns costs as there are more accounts: processor time, memory, and whether one"
                + " campaign among them is found.",
        description = "Made-up accounts of a few hundred kinds, and one campaign of 300 with twenty prompts each that share"
                + " nothing but the work. After the first look some accounts change, then it looks again.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class LooksBench implements Callable<Integer> {
    private static final int LEAST_MEMBERS = 5;
    private static final int CAMPAIGN = 300;
    private static final int KINDS = 400;
    private static final int PROMPTS = 20;
    private static final int CHUNK = 20_000;
    private static final double PERCENT = 100;

    /** Processor time, of garbage collection too, says what one core can do however busy the machine is. */
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Option(
            names = "--accounts",
            split = ",",
            defaultValue = "10000,30000,100000,300000,1000000",
            description = "Numbers of accounts; default ${DEFAULT-VALUE}.")
    private List<Integer> accounts;

    @Option(
            names = "--changed",
            defaultValue = "0.02",
            description = "Share of the accounts that change before the second look; default ${DEFAULT-VALUE}.")
    private double changed;

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LooksBench()).execute(arguments));
    }

    @Override
    public Integer call() {
        if (!(changed > 0) || changed > 1 || accounts.stream().anyMatch(number -> number < 2 * CAMPAIGN)) {
            System.err.println("--changed must be above 0 and at most 1, --accounts at least " + 2 * CAMPAIGN + ".");
            return 2;
        }
        System.out.printf(
                Locale.ROOT,
                "%10s %14s %14s %12s %16s %14s %14s%n",
                "accounts",
                "heap/account",
                "taken in",
                "first look",
                "after " + Math.round(PERCENT * changed) + " % changed",
                "in one group",
                "strangers in it");
        boolean found = true;
        for (int number : accounts) {
            found &= measure(number);
        }
        return found ? 0 : 1;
    }

    private boolean measure(int number) {
        Kinds kinds = new Kinds();
        long before = usedHeap();
        LinkIndex index = new LinkIndex();
        WorkGrouping grouping = new WorkGrouping(LEAST_MEMBERS);
        double taken = 0;
        for (int from = 0; from < number; from += CHUNK) {
            List<LinkedAccount> some = new ArrayList<>();
            for (int at = from; at < Math.min(number, from + CHUNK); at++) {
                some.add(kinds.account(at, 0));
            }
            taken += seconds(() -> some.forEach(index::put));
        }
        List<Group> groups = new ArrayList<>();
        double first = seconds(() -> groups.addAll(grouping.groups(index)));
        groups.clear();
        double heap = (double) (usedHeap() - before) / number;
        int others = (int) Math.max(1, number * changed);
        for (int at = 0; at < others; at++) {
            index.put(kinds.account((int) ((long) at * number / others), 1));
        }
        double again = seconds(() -> groups.addAll(grouping.groups(index)));
        int members = 0;
        int strangers = 0;
        for (Group group : groups) {
            int here = (int) group.members().stream()
                    .filter(member -> member.account().startsWith("harvest-"))
                    .count();
            if (here > members) {
                members = here;
                strangers = group.members().size() - here;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%,10d %,12.0f B %,11.1f µs %,10.2f s %,14.2f s %8d of %d %,14d%n",
                number,
                heap,
                taken / number * 1e6,
                first,
                again,
                members,
                CAMPAIGN,
                strangers);
        return 2 * members > CAMPAIGN;
    }

    private static double seconds(Runnable work) {
        long begin = PROCESS.getProcessCpuTime();
        work.run();
        return (PROCESS.getProcessCpuTime() - begin) / 1e9;
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** Accounts of many kinds, each a little of its own, among them a campaign. */
    private static final class Kinds {
        private final List<double[]> places = new ArrayList<>();

        private Kinds() {
            Random random = new Random(19);
            for (int kind = 0; kind <= KINDS; kind++) {
                places.add(direction(random));
            }
        }

        private LinkedAccount account(int number, int version) {
            Random random = new Random(number * 31L + version);
            boolean member = number < CAMPAIGN;
            double[] kind = places.get(member ? KINDS : number % KINDS);
            Random its = new Random(-1L - number);
            double[] own = direction(its);
            double[] mean = new double[PromptMean.DIMENSIONS];
            double noise = 0.85 / Math.sqrt(PROMPTS);
            double[] around = direction(random);
            for (int d = 0; d < mean.length; d++) {
                mean[d] = 0.5 * kind[d] + (member ? 0 : 0.3 * own[d]) + noise * around[d];
            }
            return new LinkedAccount(
                    (member ? "harvest-" : "account-") + number,
                    0,
                    OptionalLong.of(0),
                    1L << 33,
                    (1L << 33) + version,
                    PROMPTS + version,
                    PROMPTS * 300L,
                    List.of(
                            key(LinkKind.PAYMENT, number),
                            key(LinkKind.NETWORK, its.nextInt(3) == 0 ? its.nextInt(2_000) - 4_000 : number),
                            key(LinkKind.SIGNUP, number),
                            key(LinkKind.CLIENT, its.nextInt(14)),
                            key(LinkKind.TLS, its.nextInt(20)),
                            key(LinkKind.INSTRUCTIONS, its.nextInt(4) == 0 ? its.nextInt(5_000) : number),
                            key(LinkKind.PARAMETERS, its.nextInt(300))),
                    Optional.of(new PromptMean(PROMPTS, mean, 1)));
        }

        private static LinkKey key(LinkKind kind, long which) {
            return new LinkKey(kind, Hash64.finish(which * 31 + kind.position()), PROMPTS);
        }

        private static double[] direction(Random random) {
            double[] direction = new double[PromptMean.DIMENSIONS];
            double squares = 0;
            for (int d = 0; d < direction.length; d++) {
                direction[d] = random.nextGaussian();
                squares += direction[d] * direction[d];
            }
            for (int d = 0; d < direction.length; d++) {
                direction[d] /= Math.sqrt(squares);
            }
            return direction;
        }
    }
}
