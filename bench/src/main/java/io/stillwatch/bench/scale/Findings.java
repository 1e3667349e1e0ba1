package io.stillwatch.bench.scale;

import io.stillwatch.bench.load.CommittedRecords;
import io.stillwatch.bench.load.Workspace;
import io.stillwatch.evaluate.CampaignScores;
import io.stillwatch.evaluate.Watch;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.simulate.TruthRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** What the pipeline published of campaigns, beside what was sent. */
final class Findings {
    private final Watch watch = new Watch();
    private final SerdeFactory serdes = new SerdeFactory(WireFormat.singleObject());
    private long setAside;

    /** Takes note of an event that is sent. */
    void sent(RequestEvent event) {
        Long outputTokens = event.getOutputTokens();
        watch.event(event.getAccountId(), event.getEventTime(), outputTokens == null ? 0 : outputTokens);
    }

    /** Reads the topics of alerts and of members. */
    void read(Workspace workspace) {
        List<Alert> alerts = new ArrayList<>();
        each(workspace, workspace.topics().alerts(), Alert.class, (record, alert) -> alerts.add(alert));
        alerts.sort(Comparator.comparingLong(Alert::getTime));
        alerts.forEach(watch::alert);
        each(workspace, workspace.topics().campaigns(), CampaignMember.class, (record, member) -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            int separator = key.indexOf('/');
            String campaign = key.substring(0, separator);
            String account = key.substring(separator + 1);
            if (member == null) {
                watch.left(campaign, account);
            } else {
                watch.member(campaign, account, member.getTime());
            }
        });
        CommittedRecords.read(workspace, workspace.topics().deadLetters(), record -> setAside++);
    }

    private interface Each<T> {
        void take(ConsumerRecord<byte[], byte[]> record, @Nullable T value);
    }

    private <T extends SpecificRecord> void each(Workspace workspace, String topic, Class<T> type, Each<T> each) {
        try (Deserializer<T> values = serdes.serde(type).deserializer()) {
            CommittedRecords.read(
                    workspace,
                    topic,
                    record -> each.take(
                            record, record.value() == null ? null : values.deserialize(topic, record.value())));
        }
    }

    CampaignScores scores(List<TruthRow> truth) {
        return watch.campaigns(truth);
    }

    /** Records in the dead letters; count. */
    long setAside() {
        return setAside;
    }
}
