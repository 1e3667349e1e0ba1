package io.stillwatch.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.account.AccountEntry;
import org.junit.jupiter.api.Test;

class AccountCacheTest {
    private static final int ACCOUNTS = 100;
    private static final long ONE = AccountEntry.fresh("account-10").approximateBytes();

    @Test
    void staysBelowItsCeiling() {
        AccountCache cache = filled(10 * ONE);

        cache.shrink();

        assertThat(kept(cache)).isEqualTo(10);
        assertThat(cache.hasOutgrown()).isFalse();
    }

    @Test
    void knowsThatABurstHasOutgrownIt() {
        assertThat(filled(10 * ONE).hasOutgrown()).isTrue();
        assertThat(filled(90 * ONE).hasOutgrown()).isFalse();
    }

    @Test
    void whatGrowsWhileItIsThereIsWeighedAsItIsNow() {
        AccountCache cache = filled(150 * ONE);
        assertThat(cache.hasOutgrown()).isFalse();
        long before = cache.weight();

        for (AccountEntry entry : cache.entries()) {
            entry.weighedBytes -= 2 * ONE;
            cache.weigh(entry);
        }

        assertThat(cache.weight()).isEqualTo(before + 2 * ACCOUNTS * ONE);
        assertThat(cache.hasOutgrown()).isTrue();
    }

    @Test
    void keepsWhatWasUsedSinceItLastEvicted() {
        AccountCache cache = filled(50 * ONE);
        for (int account = 0; account < ACCOUNTS; account += 4) {
            cache.get(name(account)).used = true;
        }

        cache.shrink();

        for (int account = 0; account < ACCOUNTS; account += 4) {
            assertThat(cache.get(name(account))).isNotNull();
        }
        assertThat(kept(cache)).isEqualTo(50);
    }

    @Test
    void evictsWhatIsUsedTooWhereAllIs() {
        AccountCache cache = filled(10 * ONE);
        for (int account = 0; account < ACCOUNTS; account++) {
            cache.get(name(account)).used = true;
        }

        cache.shrink();

        assertThat(kept(cache)).isEqualTo(10);
    }

    @Test
    void removesOneAndKeepsTheRest() {
        AccountCache cache = filled(1_000 * ONE);
        for (int account = 0; account < ACCOUNTS; account += 2) {
            cache.remove(cache.get(name(account)));
        }

        assertThat(kept(cache)).isEqualTo(ACCOUNTS / 2);
        assertThat(cache.get(name(0))).isNull();
        assertThat(cache.get(name(1)).account).isEqualTo(name(1));
        for (int account = 1; account < ACCOUNTS; account += 2) {
            cache.remove(cache.get(name(account)));
        }
        assertThat(kept(cache)).isZero();
    }

    private static AccountCache filled(long ceiling) {
        AccountCache cache = new AccountCache(ceiling);
        for (int account = 0; account < ACCOUNTS; account++) {
            cache.add(AccountEntry.fresh(name(account)));
        }
        return cache;
    }

    private static int kept(AccountCache cache) {
        int kept = 0;
        for (int account = 0; account < ACCOUNTS; account++) {
            kept += cache.get(name(account)) == null ? 0 : 1;
        }
        return kept;
    }

    private static String name(int account) {
        return "account-" + (10 + account);
    }
}
