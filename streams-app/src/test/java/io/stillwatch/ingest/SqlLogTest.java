package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.stillwatch.Fuzz;
import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlLogTest {
    @TempDir
    private Path folder;

    private List<Ingested> read(String sql, IngestOptions options) throws Exception {
        List<Ingested> read = new ArrayList<>();
        try (SqlLog log = SqlLog.open(sql, Files.createTempDirectory(folder, "spill"), options)) {
            log.forEachRemaining(read::add);
            assertThat(log.failures()).isEmpty();
        }
        return read;
    }

    private List<Ingested> read(String sql) throws Exception {
        return read(sql, IngestOptions.DEFAULT);
    }

    private void write(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void hiveFoldersOfParquetComeInTheOrderOfTime() throws Exception {
        write(
                "COPY (SELECT 'a' || n % 3 AS account_id, TIMESTAMPTZ '2026-11-02 09:30:00+00' + INTERVAL (7919 * n % 1000) SECOND"
                        + " AS event_time, 'question ' || n AS prompt, 1000 - n AS output_tokens, '2026-11-0' || (n % 2 + 1) AS day"
                        + " FROM range(1000) r(n)) TO '" + folder.resolve("logs")
                        + "' (FORMAT parquet, PARTITION_BY (day))");

        List<RequestEvent> events = Reading.events(
                read("SELECT account_id, event_time, prompt, output_tokens FROM read_parquet('" + folder.resolve("logs")
                        + "/**/*.parquet', hive_partitioning = true) WHERE day > DATE '2026-01-01';"));

        assertThat(events).hasSize(1_000).extracting(RequestEvent::getEventTime).isSorted();
        assertThat(events.get(0).getEventTime()).isEqualTo(1_793_611_800_000L);
        assertThat(events.get(0).getOutputTokens()).isEqualTo(1_000);
    }

    /** Newest first, so that all has to be sorted; 1,280 characters each. */
    private String manyRows(int rows) throws Exception {
        Path file = folder.resolve("many.parquet");
        write("COPY (SELECT 'a' || n % 3 AS account_id, 1790000000000 + (" + rows + " - n) * 1000 AS event_time,"
                + " array_to_string([md5((n * 40 + k)::VARCHAR) for k in range(40)], '') AS prompt FROM range(" + rows
                + ") r(n)) TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 10000)");
        return "SELECT * FROM read_parquet('" + file + "')";
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    @Tag("slow")
    void whatDoesNotFitIntoMemoryIsSortedOnDisk() throws Exception {
        int rows = 150_000;
        Path spill = Files.createTempDirectory(folder, "spill");
        long spilled = 0;
        long lastMs = 0;
        int read = 0;
        try (SqlLog log =
                SqlLog.open(manyRows(rows), spill, IngestOptions.DEFAULT, new SqlLog.Room("128MB", "4GB", 4L << 30))) {
            while (log.hasNext()) {
                RequestEvent event = ((Ingested.Accepted) log.next()).event();
                assertThat(event.getEventTime()).isGreaterThan(lastMs);
                lastMs = event.getEventTime();
                spilled = read++ % 10_000 == 0 ? Math.max(spilled, bytes(spill)) : spilled;
            }
            assertThat(log.failures()).isEmpty();
        }
        assertThat(read).isEqualTo(rows);
        assertThat(spilled).isGreaterThan(20L << 20);
    }

    @Test
    @Tag("slow")
    void whatFitsNeitherIntoMemoryNorOnDiskEndsInOneSentenceThatSaysWhatToDo() throws Exception {
        String sql = manyRows(60_000);

        assertThatThrownBy(() -> open(sql, new SqlLog.Room("128MB", "4GB", 16 << 20)))
                .isInstanceOf(IngestException.class)
                .hasMessage(
                        "The SQL cannot be run: its rows take more than 16 MiB on disk while they are sorted; select"
                                + " fewer columns and rows, in several runs if need be.");
        assertThatThrownBy(() -> open(
                        "SELECT account_id, min(event_time) AS event_time, string_agg(prompt, '') AS prompt FROM ("
                                + sql + ") GROUP BY 1",
                        new SqlLog.Room("64MB", "16MB", 4L << 30)))
                .isInstanceOf(IngestException.class)
                .hasMessage("The SQL cannot be run: it needs more than 64MB of memory, or more than 16MB on disk beside"
                        + " it; select fewer columns and rows, in several runs if need be.");
    }

    private void open(String sql, SqlLog.Room room) throws Exception {
        SqlLog.open(sql, Files.createTempDirectory(folder, "spill"), IngestOptions.DEFAULT, room)
                .close();
    }

    @Test
    void rowsOfOneTimeKeepTheirOrderAndThoseWithoutOneAreTold() throws Exception {
        List<Ingested> read =
                read("SELECT 'a' AS account_id, CASE WHEN n % 10 = 9 THEN NULL ELSE 1790000000000 + n // 500"
                        + " END AS event_time, 'question ' || n AS prompt FROM range(2000) r(n)");

        assertThat(read.stream().filter(Ingested.Rejected.class::isInstance)).hasSize(200);
        assertThat(read.stream()
                        .filter(Ingested.Accepted.class::isInstance)
                        .map(one ->
                                ((Ingested.Accepted) one).event().getPrompt().substring(9))
                        .map(Integer::parseInt)
                        .toList())
                .hasSize(1_800)
                .isSorted();
    }

    @Test
    void rowsOfAKnownFormatAndOfAMappingAreReadAsSuch() throws Exception {
        Path file = Files.writeString(
                folder.resolve("log.json"),
                "{\"who\":{\"id\":\"acct-1\"},\"at\":\"2026-11-02T09:30:00Z\",\"ask\":{\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}}\n");
        FieldMapping mapping = FieldMapping.of(List.of("account_id=$.who.id", "event_time=$.at", "request=$.ask"));

        RequestEvent mapped = Reading.events(read(
                        "FROM read_json('" + file + "')",
                        IngestOptions.DEFAULT.withMapping(mapping).withZone(ZoneOffset.UTC)))
                .get(0);
        RequestEvent exchange = Reading.events(
                        read("SELECT who.id AS account_id, \"at\" || 'Z' AS timestamp, {'model': 'm', 'messages':"
                                + " ask.messages} AS request FROM read_json('" + file + "')"))
                .get(0);

        assertThat(mapped.getPrompt()).isEqualTo("Why?");
        assertThat(mapped.getAccountId()).isEqualTo("acct-1");
        assertThat(exchange.getPrompt()).isEqualTo("Why?");
        assertThat(exchange.getEventTime()).isEqualTo(mapped.getEventTime());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY (SELECT 1) TO 'FILE'",
                "SELECT 1 AS x) AS y; COPY (SELECT 1) TO 'FILE'; SELECT * FROM (SELECT 2",
                "SELECT 1; COPY (SELECT 1) TO 'FILE'",
                "CREATE TABLE t AS SELECT 1",
                "INSTALL httpfs",
                "LOAD httpfs",
                "ATTACH 'FILE'",
                "SET lock_configuration = false",
                "EXPORT DATABASE 'FILE'",
                ""
            })
    void onlyOneSelectIsRunAndNothingIsWritten(String sql) {
        Path file = folder.resolve("written");

        assertThatThrownBy(() -> read(sql.replace("FILE", file.toString())))
                .isInstanceOf(IngestException.class)
                .hasMessageStartingWith("The SQL ");
        assertThat(file).doesNotExist();
    }

    @Test
    void theNetworkIsNotReached() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/log";
            for (String function : List.of("read_csv", "read_parquet", "read_json", "read_text", "read_blob")) {
                assertThatThrownBy(() -> read("SELECT * FROM " + function + "('" + address + "')"))
                        .isInstanceOf(IngestException.class);
            }
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"parquet, read_parquet", "csv, read_csv", "json, read_json"})
    void aDamagedFileIsReadOrEndsInOneSentence(String format, String reader) throws Exception {
        Path whole = folder.resolve("whole." + format);
        write(
                "COPY (SELECT 'a' || n % 3 AS account_id, TIMESTAMPTZ '2026-11-02 09:30:00+00' + INTERVAL (n) SECOND AS event_time,"
                        + " 'question ' || n AS prompt FROM range(200) r(n)) TO '" + whole + "' (FORMAT " + format
                        + ")");
        byte[] bytes = Files.readAllBytes(whole);
        Path damaged = folder.resolve("damaged." + format);
        int refused = 0;
        for (int seed = 0; seed < Fuzz.inputs(0.002); seed++) {
            byte[] changed = Fuzz.mutated(bytes, new Random(seed));
            Files.write(damaged, changed);
            try (SqlLog log = SqlLog.open(
                    "SELECT * FROM " + reader + "('" + damaged + "')",
                    Files.createTempDirectory(folder, "spill"),
                    IngestOptions.DEFAULT.withZone(ZoneOffset.UTC))) {
                log.forEachRemaining(read -> assertThat(read).isNotNull());
            } catch (IngestException said) {
                refused++;
                assertThat(said).hasMessageNotContaining("\n").hasMessageStartingWith("The SQL cannot be run: ");
            }
        }
        assertThat(refused).as("damage that was found").isPositive();
    }

    @Test
    void whatIsWrongIsSaidInOneSentence() {
        assertThatThrownBy(() -> read("SELECT * FROM read_parquet('" + folder.resolve("none.parquet") + "')"))
                .hasMessageStartingWith("The SQL cannot be run: IO Error: No files found that match")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> read("SELEC 1")).hasMessageContaining("give one SELECT, such as");
    }
}
