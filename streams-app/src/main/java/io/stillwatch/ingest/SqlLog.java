package io.stillwatch.ingest;

import io.stillwatch.text.Printable;
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
 * <p>DuckDB sorts by the column of the event time and spills into the folder given; what it may take of memory is bounded. It
 * can do nothing but read files: only one SELECT is taken, extensions are neither installed nor loaded, so it knows no network,
 * and its settings cannot be changed.
 */
public final class SqlLog extends OrderedLog {
    private static final String SOURCE = "the SQL";
    private static final String MEMORY = "512MB";
    private static final String DISK = "64GB";
    private static final String ROW = "stillwatch_row";

    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final PayloadReader reader;
    private long row;

    private SqlLog(Connection connection, String sql, IngestOptions options) throws SQLException {
        super(options);
        this.connection = connection;
        this.reader = new PayloadReader(options);
        requireOneSelect(connection, sql);
        Optional<String> time = timeColumn(connection, sql, options);
        if (time.isEmpty()) {
            notice("No column of the SQL is known as the time, so its rows are taken in the order they come in.");
        }
        String ordered = "SELECT to_json(" + ROW + ")::VARCHAR FROM (\n" + sql + "\n) AS " + ROW
                + time.map(column -> " ORDER BY " + ROW + ".\"" + column.replace("\"", "\"\"") + "\" NULLS LAST")
                        .orElse("");
        statement = connection.prepareStatement(ordered);
        rows = statement.executeQuery();
    }

    /**
     * Runs a SELECT.
     *
     * @param sql one SELECT of DuckDB's dialect
     * @param spill a folder of this process's own for what does not fit into memory
     * @throws IngestException if it cannot be run, with what to do
     */
    public static SqlLog open(String sql, Path spill, IngestOptions options) {
        Connection connection = null;
        try {
            connection = connect(spill);
            return new SqlLog(connection, bare(sql), options);
        } catch (SQLException e) {
            close(connection);
            throw new IngestException("The SQL cannot be run: " + sentence(e), e);
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
        try (Connection connection = connect(spill)) {
            requireOneSelect(connection, bare(sql));
            timeColumn(connection, bare(sql), options);
        } catch (SQLException e) {
            throw new IngestException("The SQL cannot be run: " + sentence(e), e);
        }
    }

    private static String bare(String sql) {
        return sql.strip().replaceAll(";\\s*$", "");
    }

    private static Connection connect(Path spill) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("memory_limit", MEMORY);
        properties.setProperty("temp_directory", spill.toString());
        properties.setProperty("max_temp_directory_size", DISK);
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
            if (rows.next()) {
                row++;
                byte[] json = rows.getString(1).getBytes(StandardCharsets.UTF_8);
                reader.readWhole(json, Position.record(SOURCE, row)).forEach(this::take);
                return true;
            }
        } catch (SQLException e) {
            fail(String.format(Locale.ROOT, "The SQL broke off after %,d rows: %s", row, sentence(e)));
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
        } catch (SQLException e) {
            fail("The SQL does not end cleanly: " + sentence(e));
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
