package io.stillwatch.cli.alerts;

import io.stillwatch.replay.Dossier;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.replay.report.UsualValues;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.SignatureSet;
import java.util.List;
import java.util.Optional;

/**
 * An alert with what it takes to decide on it.
 *
 * @param trail what analysts did about it, oldest first
 * @param dossier who it is about; empty where nobody asked, or nothing is kept
 * @param usual what is usual beside its values
 * @param decisions what is decided about its accounts, whether the time of it is over or not
 * @param allowed entries of the allowlist that are about it, lapsed or not
 * @param signatures in effect, for what honest work looks alike
 * @param pipeline options that commands need to reach the same pipeline; see {@code Stillwatch.meantPipeline}
 */
record ShownAlert(
        KnownAlerts.Known alert,
        List<TriageRecord> trail,
        Optional<Dossier> dossier,
        UsualValues usual,
        List<Decision> decisions,
        List<AllowlistEntry> allowed,
        SignatureSet signatures,
        String pipeline) {}
