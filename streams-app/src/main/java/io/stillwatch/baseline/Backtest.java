package io.stillwatch.baseline;

import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.schema.Finding;
import io.stillwatch.signature.Assessment;
import io.stillwatch.signature.SignatureSet;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What signatures would have found in a history, looked at once for every account and day. */
public final class Backtest {
    private final Map<String, Long> flagged = new TreeMap<>();
    private final Map<String, Set<String>> suspects = new TreeMap<>();
    private long accountDays;

    /** Looks at everything. */
    public Backtest(History history, SignatureSet signatures, Reference reference) {
        for (String account : history.accounts()) {
            for (long day : history.days(account)) {
                StrandedProfile profile = history.day(account, day);
                if (profile.requests() >= Calibration.LEAST_REQUESTS) {
                    accountDays++;
                }
                Assessment found = signatures.assess(history.windows(account, day, reference));
                found.findings().forEach(finding -> {
                    count(finding);
                    suspects.computeIfAbsent(account, name -> new TreeSet<>()).add(finding.getSignatureId());
                });
                found.shadowed().forEach(this::count);
            }
        }
    }

    private void count(Finding finding) {
        flagged.merge(finding.getSignatureId(), 1L, Long::sum);
    }

    /** Account-days with enough requests to say something. */
    public long accountDays() {
        return accountDays;
    }

    /** Account-days on which a signature held. */
    public long flagged(String signature) {
        return flagged.getOrDefault(signature, 0L);
    }

    /** Accounts for which a signature held that may alert, with the ids of such signatures. */
    public Map<String, Set<String>> suspects() {
        return Collections.unmodifiableMap(suspects);
    }
}
