package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.ingest.EventLog;
import io.stillwatch.ingest.Forms;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.ingest.SqlLog;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same requests give the same alerts, whatever form their log is in. */
class EqualAlertsTest {
    private static final String PLAN = """
            name: forms
            seed: 11
            days: 1
            groups:
              - {behaviour: bulk-instruction-harvest, accounts: 2, requests: [300, 300]}
              - {persona: chat-user, accounts: 20, requests: [4, 9]}
            """;

    @TempDir
    private Path folder;

    @Test
    void nativeLinesCsvParquetProtobufLiteLlmAndKongGiveEqualAlerts() throws Exception {
        List<RequestEvent> events = new ArrayList<>();
        new Simulator(PlanReader.read(PLAN))
                .events()
                .forEachRemaining(event -> events.add(Forms.common(event, event.getAccountId(), events.size())));
        Path lines = write("native.jsonl", events, Forms::json);
        Map<String, EventLog> logs = new LinkedHashMap<>();
        logs.put("native", LogFiles.open(List.of(lines.toString()), IngestOptions.DEFAULT));
        logs.put("litellm", files(write("litellm.jsonl", events, Forms::liteLlm)));
        logs.put("kong", files(write("kong.jsonl", events, Forms::kong)));
        logs.put("otlp-json", files(write("spans.jsonl", events, event -> Forms.span(event, true))));
        logs.put("otlp-protobuf", files(protobuf(events)));
        for (String kind : List.of("csv", "parquet")) {
            Path file = folder.resolve("log." + kind);
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = connection.createStatement()) {
                statement.execute("COPY (SELECT * FROM read_json('" + lines
                        + "', columns = {event_id: 'VARCHAR', event_time:"
                        + " 'BIGINT', account_id: 'VARCHAR', operation: 'VARCHAR', model: 'VARCHAR', turn: 'INT', system:"
                        + " 'VARCHAR', prompt: 'VARCHAR', messages: 'INT', temperature: 'DOUBLE', max_tokens: 'INT',"
                        + " input_tokens: 'BIGINT', output_tokens: 'BIGINT', finish_reason: 'VARCHAR', status: 'INT',"
                        + " duration_ms: 'BIGINT'}) ORDER BY hash(event_id)) TO '" + file + "' (FORMAT " + kind + ")");
            }
            String sql = kind.equals("csv")
                    ? "SELECT * FROM read_csv('" + file + "', header = true)"
                    : "SELECT * FROM read_parquet('" + file + "')";
            logs.put(kind, SqlLog.open(sql, Files.createDirectory(folder.resolve(kind)), IngestOptions.DEFAULT));
        }

        Map<String, List<Alert>> alerts = new LinkedHashMap<>();
        for (Map.Entry<String, EventLog> log : logs.entrySet()) {
            alerts.put(log.getKey(), alerts(log.getKey(), log.getValue(), events.size()));
        }

        assertThat(alerts.get("native"))
                .filteredOn(alert -> alert.getState() == AlertState.OPENED)
                .isNotEmpty();
        alerts.forEach((form, given) -> assertThat(given).as(form).isEqualTo(alerts.get("native")));
    }

    private static EventLog files(Path file) {
        return LogFiles.open(List.of(file.toString()), IngestOptions.DEFAULT);
    }

    private Path write(String name, List<RequestEvent> events, Function<RequestEvent, String> form) throws Exception {
        return Files.write(folder.resolve(name), events.stream().map(form).toList());
    }

    private Path protobuf(List<RequestEvent> events) throws Exception {
        Path file = folder.resolve("spans.binpb");
        for (RequestEvent event : events) {
            Files.write(file, Forms.protobuf(List.of(event)), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return file;
    }

    private static List<Alert> alerts(String form, EventLog log, int expected) {
        List<Alert> alerts = new ArrayList<>();
        int read = 0;
        try (log;
                OfflinePipeline pipeline =
                        new OfflinePipeline(SignatureSet.bundled(), EvaluationListener.NONE, alerts::add)) {
            while (log.hasNext()) {
                Ingested next = log.next();
                assertThat(next).as(form).isInstanceOf(Ingested.Accepted.class);
                pipeline.send(((Ingested.Accepted) next).event());
                read++;
            }
            pipeline.finish();
        }
        assertThat(read).as(form).isEqualTo(expected);
        return alerts;
    }
}
