package io.stillwatch.bench.formats;

import io.stillwatch.schema.RequestEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** Tables: an Avro file of request events; CSV and Parquet, which DuckDB reads. */
final class TableLogs {
    private TableLogs() {}

    /** @param folder of this process's own for files to read, and for what is sorted on disk */
    static List<Kind> kinds(Path folder) {
        Path csv = folder.resolve("log.csv");
        Path parquet = folder.resolve("log.parquet");
        return List.of(
                Kind.bytes("stillwatch Avro", TableLogs::avro),
                Kind.table("SQL CSV", TableLogs::csv, csv, folder, "SELECT * FROM read_csv('" + csv + "')"),
                Kind.table(
                        "SQL Parquet",
                        requests -> parquet(requests, folder),
                        parquet,
                        folder,
                        "SELECT * FROM read_parquet('" + parquet + "')"));
    }

    private static byte[] csv(int requests) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        log.writeBytes("event_id,event_time,account_id,operation,model,prompt,max_tokens,input_tokens,output_tokens\n"
                .getBytes(StandardCharsets.UTF_8));
        for (int number = 0; number < requests; number++) {
            log.writeBytes(("e" + number + "," + Sample.time(number) + "," + Sample.account(number) + ",chat,m,"
                            + Sample.prompt(number) + ",800,70,500\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return log.toByteArray();
    }

    private static byte[] parquet(int requests, Path folder) throws IOException, SQLException {
        Path source = folder.resolve("source.csv");
        Path made = folder.resolve("made.parquet");
        Files.write(source, csv(requests));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_csv('" + source + "')) TO '" + made + "' (FORMAT parquet)");
        }
        return Files.readAllBytes(made);
    }

    private static byte[] avro(int requests) throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (DataFileWriter<RequestEvent> writer =
                new DataFileWriter<>(new SpecificDatumWriter<>(RequestEvent.class))) {
            writer.create(RequestEvent.getClassSchema(), log);
            for (int number = 0; number < requests; number++) {
                writer.append(event(number));
            }
        }
        return log.toByteArray();
    }

    private static RequestEvent event(int number) {
        return RequestEvent.newBuilder()
                .setEventId("e" + number)
                .setEventTime(Sample.time(number))
                .setAccountId(Sample.account(number))
                .setOperation("chat")
                .setModel("m")
                .setPrompt(Sample.prompt(number))
                .setMaxTokens(800)
                .setTemperature(0.7)
                .setInputTokens(70L)
                .setOutputTokens(500L)
                .build();
    }
}
