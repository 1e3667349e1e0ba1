package io.stillwatch.ingest;

import io.stillwatch.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one SELECT over files (CSV, Parquet, JSON, folders of them partitioned by Hive's names), read by DuckDB in this
 * process. A row becomes a record with its columns as fields, and is read as any other record: as a native one, in a format
 * that is known, or by a mapping.
 *
 * <p>Rows come in the order of the column of the event time. They are sorted here, by DuckDB's own key, in bounded memory and in
 * the folder given: DuckDB's sort does not get by with bounded memory where rows are wide, as prompts are. DuckDB
 * can do nothing but read files: only one SELECT is taken, extensions are neither installed nor loaded, so it knows no network,
 * and its settings cannot be changed.
 */
public final class SqlLog extends OrderedLog {
    private static final String SOURCE = "the SQL";
    private static final Room ROOM = new Room("512MB", "64GB", 64L << 30);
    private static final long SORTED_AT_ONCE = 32L << 20;
    private static final int MOST_THREADS = 4;
    private static final String ROW = "stillwatch_row";

    private final Room room;
    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final Optional<Sorted> sorted;
    private final PayloadReader reader;
    private long row;
    private boolean whole;

    private SqlLog(Connection connection, String sql, Path spill, IngestOptions options, Room room)
            throws SQLException {
        super(options);
        this.room = room;
        this.connection = connection;
        this.reader = new PayloadReader(options);
        requireOneSelect(connection, sql);
        Optional<String> time = timeColumn(connection, sql, options);
        if (time.isEmpty()) {
            notice("No column of the SQL is known as the time, so its rows are taken in the order they come in.");
        }
        String key = time.map(column ->
                        "create_sort_key(" + ROW + ".\"" + column.replace("\"", "\"\"") + "\", 'ASC NULLS LAST')")
                .orElse("NULL::BLOB");
        // The driver takes a stream that fails for one that is over; so one row more says that it came to its end.
        statement = connection.prepareStatement("SELECT " + key + ", to_json(" + ROW + ")::VARCHAR, FALSE FROM (\n"
                + sql + "\n) AS " + ROW + " UNION ALL SELECT NULL, NULL, TRUE");
        rows = statement.executeQuery();
        sorted = time.isPresent() ? Optional.of(sort(spill)) : Optional.empty();
    }

    /**
     * All rows, sorted.
     *
     * @param sort is told of no more rows
     * @param rows of it
     */
    private record Sorted(RowSort sort, RowSort.Merge rows) {}

    private Sorted sort(Path spill) throws SQLException {
        RowSort sort = new RowSort(spill, SORTED_AT_ONCE, room.sortedBytes());
        try {
            for (Optional<byte[]> json = fetch(); json.isPresent(); json = fetch()) {
                sort.add(rows.getBytes(1), json.get());
            }
            row = 0;
            return new Sorted(sort, sort.sorted());
        } catch (RowSort.FullException full) {
            throw new IngestException("The SQL cannot be run: its rows take more than " + (room.sortedBytes() >> 20)
                    + " MiB on disk while they are sorted; select fewer columns and rows, in several runs if need be.");
        } catch (IOException e) {
            throw new IngestException(
                    "The rows of the SQL cannot be sorted in " + spill + ": " + e.getMessage() + ".", e);
        }
    }

    /** The next row of DuckDB; empty after the last. */
    private Optional<byte[]> fetch() throws SQLException {
        while (rows.next()) {
            if (!rows.getBoolean(3)) {
                row++;
                return Optional.of(rows.getString(2).getBytes(StandardCharsets.UTF_8));
            }
            whole = true;
        }
        if (!whole) {
            throw new SQLException("Out of Memory Error: the rows end before their end");
        }
        return Optional.empty();
    }

    private Optional<byte[]> nextRow() throws SQLException, IOException {
        if (sorted.isEmpty()) {
            return fetch();
        }
        Optional<byte[]> json = sorted.get().rows().nextValue();
        row += json.isPresent() ? 1 : 0;
        return json;
    }

    /**
     * What a query may take.
     *
     * @param memory of this process, in DuckDB's words
     * @param disk of the folder for what does not fit into it
     * @param sortedBytes of the folder for rows that are sorted
     */
    record Room(String memory, String disk, long sortedBytes) {}

    /**
     * Runs a SELECT.
     *
     * @param sql one SELECT of DuckDB's dialect
     * @param spill a folder of this process's own for what does not fit into memory
     * @throws IngestException if it cannot be run, with what to do
     */
    public static SqlLog open(String sql, Path spill, IngestOptions options) {
        return open(sql, spill, options, ROOM);
    }

    static SqlLog open(String sql, Path spill, IngestOptions options, Room room) {
        Connection connection = null;
        try {
            connection = connect(spill, room);
            return new SqlLog(connection, bare(sql), spill, options, room);
        } catch (SQLException e) {
            close(connection);
            throw new IngestException("The SQL cannot be run: " + sentence(e, room), e);
        } catch (IngestException e) {
            close(connection);
            throw e;
        }
    }

    /**
     * Makes sure that a SELECT can be run, without running it.
     *
     * @throws IngestException if it cannot be run, with what to do
     */
    public static void check(String sql, Path spill, IngestOptions options) {
        try (Connection connection = connect(spill, ROOM)) {
            requireOneSelect(connection, bare(sql));
            timeColumn(connection, bare(sql), options);
        } catch (SQLException e) {
            throw new IngestException("The SQL cannot be run: " + sentence(e, ROOM), e);
        }
    }

    private static String bare(String sql) {
        return sql.strip().replaceAll(";\\s*$", "");
    }

    private static Connection connect(Path spill, Room room) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("memory_limit", room.memory());
        // Each thread sorts a part by itself and needs memory for that.
        properties.setProperty(
                "threads",
                Integer.toString(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors())));
        properties.setProperty("temp_directory", spill.toString());
        properties.setProperty("max_temp_directory_size", room.disk());
        Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
        try (Statement settings = connection.createStatement()) {
            settings.execute("SET TimeZone='UTC'");
            settings.execute("SET lock_configuration=true");
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
        return connection;
    }

    /** The driver runs all statements of a text but the last when it prepares it, so there must be one only. */
    private static void requireOneSelect(Connection connection, String sql) throws SQLException {
        try (PreparedStatement parsed = connection.prepareStatement(
                "SELECT json_extract_string(j, '$.error'), json_extract_string(j, '$.error_message'),"
                        + " json_array_length(j, '$.statements') FROM (SELECT json_serialize_sql(?::VARCHAR) AS j)")) {
            parsed.setString(1, sql);
            try (ResultSet result = parsed.executeQuery()) {
                result.next();
                if (Boolean.parseBoolean(result.getString(1))) {
                    throw new IngestException("The SQL cannot be run: "
                            + Printable.text(first(result.getString(2)), 300)
                            + "; give one SELECT, such as \"SELECT * FROM read_parquet('logs/**/*.parquet')\".");
                }
                if (result.getLong(3) != 1) {
                    throw new IngestException("The SQL has " + result.getLong(3) + " statements; give one SELECT.");
                }
            }
        }
    }

    private static Optional<String> timeColumn(Connection connection, String sql, IngestOptions options)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement described =
                        connection.prepareStatement("SELECT * FROM (\n" + sql + "\n) AS " + ROW + " LIMIT 0");
                ResultSet none = described.executeQuery()) {
            ResultSetMetaData metadata = none.getMetaData();
            for (int column = 1; column <= metadata.getColumnCount(); column++) {
                columns.add(metadata.getColumnName(column));
            }
        }
        List<String> names = new ArrayList<>();
        options.mapping()
                .flatMap(mapping -> mapping.place("event_time"))
                .ifPresent(path -> names.add(path.replaceFirst("^\\$\\.", "")));
        names.addAll(Row.TIMES);
        names.add("startTimeUnixNano");
        return names.stream()
                .flatMap(name -> columns.stream().filter(column -> Tree.isSameName(column, name)))
                .findFirst();
    }

    private static String sentence(SQLException e, Room room) {
        if (first(e.getMessage()).startsWith("Out of Memory Error")) {
            return "it needs more than " + room.memory() + " of memory, or more than " + room.disk()
                    + " on disk beside it; select fewer columns and rows, in several runs if need be.";
        }
        return sentence(e);
    }

    private static String sentence(SQLException e) {
        return Printable.text(first(e.getMessage()), 300) + ".";
    }

    private static String first(@Nullable String message) {
        return message == null
                ? "DuckDB does not say why"
                : message.lines().findFirst().orElse("").strip();
    }

    @Override
    boolean read() {
        try {
            Optional<byte[]> json = nextRow();
            if (json.isPresent()) {
                reader.readWhole(json.get(), Position.record(SOURCE, row)).forEach(this::take);
                return true;
            }
        } catch (SQLException e) {
            fail(String.format(Locale.ROOT, "The SQL broke off after %,d rows: %s", row, sentence(e, room)));
        } catch (IOException e) {
            fail(String.format(
                    Locale.ROOT, "The sorted rows of the SQL broke off after %,d: %s.", row, e.getMessage()));
        }
        return false;
    }

    @Override
    public List<String> sources() {
        return List.of(SOURCE);
    }

    @Override
    public double fraction() {
        return Double.NaN;
    }

    @Override
    public void close() {
        try {
            rows.close();
            statement.close();
            if (sorted.isPresent()) {
                sorted.get().rows().close();
                sorted.get().sort().close();
            }
        } catch (SQLException e) {
            fail("The SQL does not end cleanly: " + sentence(e));
        } catch (IOException e) {
            fail("The sorted rows of the SQL are not taken away: " + e.getMessage() + ".");
        } finally {
            close(connection);
        }
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IngestException("DuckDB does not close: " + sentence(e), e);
        }
    }
}
