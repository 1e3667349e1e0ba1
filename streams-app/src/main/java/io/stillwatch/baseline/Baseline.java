package io.stillwatch.baseline;

import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Feature;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What normal traffic looks like: how every feature is distributed over the account-days of each cohort, where the
 * population's prompts lie, and the ways of asking of the general public.
 *
 * @param id name of the traffic it was learned from
 * @param version counts up when it is learned anew
 * @param accounts that it was learned from
 * @param accountDays that it was learned from
 * @param population the prompts, and how far honest accounts lie from them
 * @param answers how long the answers of each model are
 * @param evidence how honest accounts' days are distributed; empty when too few were seen
 * @param general means of the general public
 * @param cohorts tables by cohort, then by feature
 * @param bars how strongly signatures have to hold
 */
public record Baseline(
        String id,
        int version,
        long accounts,
        long accountDays,
        Population population,
        AnswerLengths answers,
        Optional<Evidence> evidence,
        List<Atom> general,
        Map<Cohort, Map<String, QuantileTable>> cohorts,
        Bars bars) {
    public Baseline {
        general = List.copyOf(general);
        cohorts = Map.copyOf(cohorts);
    }

    /** The same with the quantiles of account-days' features. */
    public Baseline with(AccountDays days) {
        return new Baseline(
                id, version, accounts, days.number(), population, answers, evidence, general, days.tables(), bars);
    }

    /** The same with other bars. */
    public Baseline with(Bars others) {
        return new Baseline(
                id, version, accounts, accountDays, population, answers, evidence, general, cohorts, others);
    }

    /** How alerts name it. */
    public String name() {
        return id + " " + version;
    }

    /**
     * Share of the account-days of a profile's cohort that have at most a value.
     *
     * @return 0 to 1; NaN when the cohort has too few account-days with that feature
     */
    public double quantile(Profile profile, Feature feature, double value) {
        QuantileTable table = cohorts.getOrDefault(Cohort.of(profile), Map.of()).get(feature.name());
        return table == null ? Double.NaN : table.shareAtMost(value);
    }
}
