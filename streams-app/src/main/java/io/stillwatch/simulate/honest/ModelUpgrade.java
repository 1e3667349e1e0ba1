package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import java.util.function.Function;

/**
 * Applications that move to the newest model from one request to the next, by an alias or a release of their own: what
 * makes a harvest's pivot hard to tell.
 */
final class ModelUpgrade {
    private static final double UPGRADES = 0.12;

    private ModelUpgrade() {}

    /** The same casting, with some of the accounts upgrading at some time. */
    static Function<Account, Actor> forSome(Function<Account, Actor> casting) {
        return account -> {
            Actor actor = casting.apply(account);
            Chance chance = account.own("upgrade");
            if (!chance.is(UPGRADES)) {
                return actor;
            }
            long atMs = account.beginMs() + (long) (chance.between(0.15, 0.9) * account.spanMs());
            Script before = actor.script();
            return actor.withScript((moment, draft) -> {
                before.write(moment, draft);
                if (moment.timeMs() >= atMs) {
                    draft.model = Model.NEWEST;
                }
            });
        };
    }
}
