package io.stillwatch.cli.baseline;

import io.stillwatch.account.EnrolmentTrial;
import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.baseline.Reference;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.ingest.IngestException;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.replay.BaselineReader;
import io.stillwatch.replay.DefinitionReader;
import io.stillwatch.replay.PastReader;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.signature.SignatureOverlay;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.text.Reason;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.topics.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tries an enrolment on an account's past, by the signatures, the baseline and the enrolments that are in effect. */
final class EnrolmentTrials {
    private final Topics topics;
    private final SerdeFactory serdes;
    private final Map<String, Object> properties;
    private final SignatureSet signatures;
    private final Reference before;
    private final Reference after;
    private final Enrolment enrolment;

    /**
     * @param given signatures that the pipeline was started with
     * @param started what it was started to compare accounts with
     * @param inEffect the published enrolments, by account
     */
    EnrolmentTrials(
            Stillwatch stillwatch,
            Connection connection,
            SignatureSet given,
            Reference started,
            Map<String, Enrolment> inEffect,
            Enrolment enrolment) {
        this.topics = stillwatch.settings().topics();
        this.serdes = new SerdeFactory(PipelineSession.wireFormat(stillwatch.settings()));
        this.properties = connection.clientProperties(Map.of());
        this.enrolment = enrolment;
        this.signatures = SignatureOverlay.of(
                        given, DefinitionReader.read(topics, serdes, properties).definitions())
                .signatures();
        Reference reference = BaselineReader.read(topics, properties)
                .map(text -> started.with(published(text)))
                .orElse(started);
        Map<String, Enrolment> more = new HashMap<>(inEffect);
        more.put(enrolment.account(), enrolment);
        this.before = reference.enrolling(inEffect);
        this.after = reference.enrolling(more);
    }

    private static Baseline published(String text) {
        return ReferenceOptions.checked(() -> BaselineFile.parse("The published baseline", text));
    }

    private EnrolmentTrial begin(int partitions) {
        PipelineOptions options = PipelineOptions.defaults(1, "");
        return new EnrolmentTrial(
                options.accountRules(), options.quietTime(), partitions, signatures, before, after, enrolment);
    }

    /** On the fingerprints that the pipeline keeps. */
    EnrolmentTrial onTopic() {
        List<EnrolmentTrial> trials = new ArrayList<>(1);
        new PastReader(topics, serdes, properties).each(enrolment.account(), partitions -> {
            EnrolmentTrial trial = begin(partitions);
            trials.add(trial);
            return new PastReader.Taker() {
                @Override
                public void take(RequestFingerprint request) {
                    trial.take(request);
                }

                @Override
                public void pass(String other, long timeMs) {
                    trial.pass(other, timeMs);
                }
            };
        });
        trials.get(0).finish();
        return trials.get(0);
    }

    /** On logs; records that cannot be read are passed over, as other commands tell of them. */
    EnrolmentTrial onLogs(List<String> files, IngestOptions options) {
        EnrolmentTrial trial = begin(1);
        Fingerprinter fingerprinter = new Fingerprinter();
        try (LogFiles log = LogFiles.open(files, options)) {
            while (log.hasNext()) {
                if (log.next() instanceof Ingested.Accepted accepted) {
                    RequestEvent event = accepted.event();
                    if (event.getAccountId().equals(enrolment.account())) {
                        trial.take(fingerprinter.fingerprint(event));
                    } else {
                        trial.pass(event.getAccountId(), event.getEventTime());
                    }
                }
            }
            if (!log.failures().isEmpty()) {
                throw new UserException(log.failures().get(0), ExitStatus.FAILURE);
            }
        } catch (IngestException e) {
            throw new UserException(Reason.of(e), ExitStatus.FAILURE, e);
        }
        trial.finish();
        return trial;
    }
}
