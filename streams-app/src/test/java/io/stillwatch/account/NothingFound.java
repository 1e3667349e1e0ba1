package io.stillwatch.account;

import io.stillwatch.profile.Loss;
import io.stillwatch.schema.RequestFingerprint;

/** Moments at which nothing is found about any account. */
class NothingFound implements AccountCourse.Moments {
    @Override
    public void counted(AccountEntry entry, RequestFingerprint request, long currentHour) {}

    @Override
    public void noted(AccountEntry entry, Loss kind, long records) {}

    @Override
    public void look(AccountEntry entry, long hour, long timeMs) {}

    @Override
    public void paneClosed(AccountEntry entry, long hour) {}

    @Override
    public long alertQuietMinute(AccountEntry entry) {
        return AccountState.NO_TIMER;
    }

    @Override
    public long shadowsQuietMinute(AccountEntry entry) {
        return AccountState.NO_TIMER;
    }

    @Override
    public void closeQuietAlert(AccountEntry entry, long timeMs) {}

    @Override
    public void endQuietShadows(AccountEntry entry, long timeMs) {}
}
