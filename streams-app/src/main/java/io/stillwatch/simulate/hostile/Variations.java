package io.stillwatch.simulate.hostile;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.time.Timing;

/** Behaviours that change when or how another one is done, not what it asks. */
final class Variations {
    private static final double PIVOT_AT = 0.6;

    private Variations() {}

    /** A bulk harvest that moves to a new model within a day. */
    static Actor newModelPivot(Account account) {
        Actor base = bulk(account);
        Script before = base.script();
        long pivotMs = account.beginMs() + (long) (PIVOT_AT * account.spanMs());
        return base.withScript((moment, draft) -> {
            before.write(moment, draft);
            draft.model = moment.timeMs() < pivotMs ? Model.STANDARD : Model.NEWEST;
        });
    }

    /** A harvest thinned out to the reported 26 requests a day, spread evenly or kept to a person's hours. */
    static Actor lowAndSlow(Account account) {
        Actor base = bulk(account);
        Timing timing = account.own("patience").is(0.5)
                ? Timing.slow()
                : Timing.human(account.place().zoneHours());
        return base.withTiming(timing);
    }

    /** Any harvest, meant to be hidden among ordinary requests. */
    static Actor mixed(Account account) {
        return switch (account.queue("mixed").below(8)) {
            case 0 -> ReasoningTraces.cast(account);
            case 1 -> RubricGrading.cast(account);
            case 2 -> CodeHarvest.cast(account);
            case 3 -> CapabilitySweep.cast(account);
            case 4 -> TemplatedAugmentation.cast(account);
            case 5 -> EvolvedInstructions.cast(account);
            default -> BulkInstructions.cast(account);
        };
    }

    private static Actor bulk(Account account) {
        return switch (account.queue("bulk kind").below(4)) {
            case 0 -> ReasoningTraces.cast(account);
            case 1 -> CodeHarvest.cast(account);
            default -> BulkInstructions.cast(account);
        };
    }
}
