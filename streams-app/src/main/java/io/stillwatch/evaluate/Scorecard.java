package io.stillwatch.evaluate;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All figures of an evaluation: a function of what became of the accounts and how long they were watched. */
public final class Scorecard {
    /** The shares of honest accounts flagged at which detection is told. */
    public static final List<Double> FALSE_POSITIVES = List.of(0.001, 0.003, 0.01);

    private static final double DAY_MS = 86_400_000.0;

    private final String name;
    private final List<AccountResult> accounts;
    private final long spanMs;
    private final CampaignScores campaigns;
    private final List<GroupScore> groups;
    private final Roc roc;

    /** For a run without campaigns. */
    public Scorecard(String name, List<AccountResult> accounts, long spanMs) {
        this(name, accounts, spanMs, CampaignScores.NONE);
    }

    /**
     * For one run, or several together.
     *
     * @param name of the traffic
     * @param accounts what became of them
     * @param spanMs event time over which they were watched, in milliseconds; the sum over several runs
     * @param campaigns how well campaigns were found
     */
    public Scorecard(String name, List<AccountResult> accounts, long spanMs, CampaignScores campaigns) {
        this(name, accounts, spanMs, campaigns, List.of());
    }

    /**
     * The same with what was looked at.
     *
     * @param groups of accounts that were looked at, whether an alert came of them or not
     */
    public Scorecard(
            String name, List<AccountResult> accounts, long spanMs, CampaignScores campaigns, List<GroupScore> groups) {
        this.name = name;
        this.accounts = List.copyOf(accounts);
        this.spanMs = spanMs;
        this.campaigns = campaigns;
        this.groups = List.copyOf(groups);
        this.roc = new Roc(standings(false), standings(true));
    }

    /** The runs as if they were one. */
    public static Scorecard together(List<Scorecard> runs) {
        Map<String, CampaignScores> campaigns = new LinkedHashMap<>();
        for (Scorecard run : runs) {
            String unique = campaigns.containsKey(run.name) ? run.name + " " + (campaigns.size() + 1) : run.name;
            campaigns.put(unique, run.campaigns);
        }
        return new Scorecard(
                "all together",
                runs.stream().flatMap(run -> run.accounts.stream()).toList(),
                runs.stream().mapToLong(run -> run.spanMs).sum(),
                CampaignScores.together(campaigns));
    }

    private double[] standings(boolean hostile) {
        return accounts.stream()
                .filter(account -> account.hostile() == hostile)
                .mapToDouble(AccountResult::standing)
                .toArray();
    }

    public String name() {
        return name;
    }

    /** Event time over which the accounts were watched, in milliseconds. */
    public long spanMs() {
        return spanMs;
    }

    /** What became of the hostile accounts, in the truth's order. */
    public List<AccountResult> hostile() {
        return accounts.stream().filter(AccountResult::hostile).toList();
    }

    /** What became of the honest accounts, in the truth's order. */
    public List<AccountResult> honest() {
        return accounts.stream().filter(account -> !account.hostile()).toList();
    }

    /** The groups of accounts that were looked at, as last seen; of one run only. */
    public List<GroupScore> groups() {
        return groups;
    }

    /** How well campaigns were found. */
    public CampaignScores campaigns() {
        return campaigns;
    }

    /** Accounts in all; count. */
    public int accounts() {
        return accounts.size();
    }

    public int hostileAccounts() {
        return count(AccountResult::hostile);
    }

    public int honestAccounts() {
        return accounts() - hostileAccounts();
    }

    /** Hostile accounts for which an alert was opened, or for a campaign that names them. */
    public int caught() {
        return caught(Tier.ANY);
    }

    /** Honest accounts for which an alert was opened, or for a campaign that names them. */
    public int flagged() {
        return flagged(Tier.ANY);
    }

    /** Hostile accounts with an alert of a tier, their own or of a campaign that names them. */
    public int caught(Tier tier) {
        return count(account -> account.hostile() && account.caught(tier).isPresent());
    }

    /** Honest accounts with an alert of a tier, their own or of a campaign that names them. */
    public int flagged(Tier tier) {
        return count(account -> !account.hostile() && account.caught(tier).isPresent());
    }

    /** Requests of a hostile account until its first alert of a tier, median over those that are caught. */
    public OptionalLong requestsUntil(Tier tier) {
        return Ranks.of(accounts.stream()
                        .filter(AccountResult::hostile)
                        .flatMap(account -> account.caught(tier).stream())
                        .map(Catch::requests)
                        .toList())
                .quantile(0.5);
    }

    /** What comes of acting on all alerts of a tier. */
    public OperatingPoint at(Tier tier) {
        Rate ofCampaigns = campaigns.alerts().stream()
                .filter(alert -> alert.reached(tier))
                .map(alert -> new Rate(alert.rightly() ? 1 : 0, 1))
                .reduce(new Rate(0, 0), Rate::plus);
        int right = count(account -> account.hostile() && account.own().of(tier).isPresent());
        int alerts = count(account -> account.own().of(tier).isPresent());
        return new OperatingPoint(
                tier,
                new Rate(caught(tier), hostileAccounts()),
                new Rate(flagged(tier), honestAccounts()),
                requestsUntil(tier),
                ofCampaigns.plus(new Rate(right, alerts)),
                spanMs / DAY_MS);
    }

    private int count(Predicate<AccountResult> property) {
        return (int) accounts.stream().filter(property).count();
    }

    /** The honest, or the hostile, accounts by kind, in the order of the kinds' names. */
    public List<KindScore> kinds(boolean hostile) {
        return accounts.stream()
                .filter(account -> account.hostile() == hostile)
                .collect(Collectors.groupingBy(
                        account -> account.truth().kind(), TreeMap::new, Collectors.toUnmodifiableList()))
                .entrySet()
                .stream()
                .map(kind -> KindScore.of(kind.getKey(), kind.getValue()))
                .toList();
    }

    /** The curve over where the accounts stand. */
    public Roc roc() {
        return roc;
    }

    /** Share of hostile accounts with an alert, 0 to 1. */
    public OptionalDouble detection() {
        return rate(caught(), hostileAccounts());
    }

    /** Share of honest accounts with an alert, 0 to 1. */
    public OptionalDouble falsePositives() {
        return rate(flagged(), honestAccounts());
    }

    private static OptionalDouble rate(int part, int whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    /** The mean of the share of hostile accounts with an alert and the share of honest accounts without one. */
    public OptionalDouble balancedAccuracy() {
        return hostileAccounts() == 0 || honestAccounts() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        (detection().orElseThrow() + 1 - falsePositives().orElseThrow()) / 2);
    }

    /** Alerts opened for honest accounts, or for campaigns of them, by day of event time; empty when no time passed. */
    public OptionalDouble falseAlertsADay() {
        int alerts = campaigns.honestCampaigns()
                + accounts.stream()
                        .filter(account -> !account.hostile())
                        .mapToInt(AccountResult::alerts)
                        .sum();
        return spanMs <= 0 ? OptionalDouble.empty() : OptionalDouble.of(alerts * DAY_MS / spanMs);
    }

    /** Accounts with an alert, by the share of their requests that is hostile. */
    public FractionBins caughtByFraction() {
        return FractionBins.of(accounts, account -> account.caught().isPresent());
    }

    /**
     * Accounts that stand above all but a share of the honest ones, by the share of their requests that is
     * hostile.
     *
     * @return without detections when there are too few honest accounts to tell; see {@link Roc#threshold}
     */
    public FractionBins detectedByFraction(double falsePositives) {
        double threshold = roc.threshold(falsePositives).orElse(Double.POSITIVE_INFINITY);
        return FractionBins.of(accounts, account -> account.standing() > threshold);
    }

    /** Honest accounts with an alert, by kind. */
    public List<AccountResult> wronglyFlagged() {
        return list(account -> !account.hostile() && account.caught().isPresent());
    }

    /** Hostile accounts without an alert, those that came nearest first within their kind. */
    public List<AccountResult> missed() {
        return list(account -> account.hostile() && account.caught().isEmpty());
    }

    private List<AccountResult> list(Predicate<AccountResult> property) {
        return accounts.stream()
                .filter(property)
                .sorted(Comparator.comparing(
                                (AccountResult account) -> account.truth().kind())
                        .thenComparing(Comparator.comparingDouble(AccountResult::nearness)
                                .reversed())
                        .thenComparing(account -> account.truth().accountId()))
                .toList();
    }

    /** The figures by name, for files and floors; those that cannot be told are left out. */
    public Map<String, Double> figures() {
        Map<String, OptionalDouble> all = new TreeMap<>();
        for (Tier tier : Tier.values()) {
            OperatingPoint point = at(tier);
            String suffix = tier.suffix();
            rate(all, "detection" + suffix, point.detection());
            rate(all, "false_positives" + suffix, point.falsePositives());
            rate(all, "precision" + suffix, point.alerts());
            all.put("requests_median" + suffix, asDouble(point.requests()));
            all.put("alerts_a_day" + suffix, point.alertsADay());
        }
        all.put("balanced_accuracy", balancedAccuracy());
        all.put("auc", roc.area());
        all.put("false_alerts_a_day", falseAlertsADay());
        all.put("caught_by_fraction_average", caughtByFraction().average());
        for (double share : FALSE_POSITIVES) {
            String at = "_at_fpr_" + share(share);
            all.put("detection" + at, roc.detection(share));
            all.put(
                    "detection_by_fraction_average" + at,
                    roc.threshold(share).isPresent() ? detectedByFraction(share).average() : OptionalDouble.empty());
        }
        for (KindScore kind : kinds(true)) {
            all.put("detection." + kind.kind(), rate(kind.caught(), kind.accounts()));
            all.put("detection_above_low." + kind.kind(), rate(kind.aboveLow(), kind.accounts()));
            all.put("requests_median." + kind.kind(), asDouble(kind.requestsMedian()));
        }
        for (KindScore kind : kinds(false)) {
            all.put("false_positives." + kind.kind(), rate(kind.caught(), kind.accounts()));
            all.put("false_positives_above_low." + kind.kind(), rate(kind.aboveLow(), kind.accounts()));
        }
        all.putAll(campaigns.figures());
        if (honestAccounts() > 0) {
            all.put("honest_campaigns", OptionalDouble.of(campaigns.honestCampaigns()));
        }
        Map<String, Double> figures = new TreeMap<>();
        for (Map.Entry<String, OptionalDouble> figure : all.entrySet()) {
            figure.getValue().ifPresent(value -> figures.put(figure.getKey(), value));
        }
        return figures;
    }

    /** A share by its name, and the ends of its interval by the names with {@code _at_least} and {@code _at_most}. */
    private static void rate(Map<String, OptionalDouble> all, String name, Rate rate) {
        all.put(name, rate.share());
        if (rate.whole() > 0) {
            all.put(name + "_at_least", OptionalDouble.of(rate.low()));
            all.put(name + "_at_most", OptionalDouble.of(rate.high()));
        }
    }

    private static OptionalDouble asDouble(OptionalLong number) {
        return number.isPresent() ? OptionalDouble.of((double) number.getAsLong()) : OptionalDouble.empty();
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
