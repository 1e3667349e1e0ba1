package io.stillwatch.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dashboards that ship, from which their JSON for Grafana is written. */
public final class Dashboards {
    private static final int WIDTH = 24;
    private static final int HEIGHT = 7;
    private static final String RATE = "[$__rate_interval]";

    private Dashboards() {}

    /** A line of a panel: a query, and what its lines are called. */
    public record Query(String expression, String legend) {}

    /**
     * A panel.
     *
     * @param type timeseries, stat or table
     * @param unit as Grafana names it
     * @param about what it shows and what to make of it
     */
    public record Panel(String title, String type, String unit, int width, String about, List<Query> queries) {}

    /** A dashboard. */
    public record Dashboard(String uid, String title, List<Panel> panels) {}

    private static Panel lines(String title, String unit, String about, String... queries) {
        return panel(title, "timeseries", unit, 8, about, queries);
    }

    private static Panel number(String title, String unit, String about, String... queries) {
        return panel(title, "stat", unit, 4, about, queries);
    }

    private static Panel panel(String title, String type, String unit, int width, String about, String... queries) {
        List<Query> list = new ArrayList<>();
        for (int at = 0; at < queries.length; at += 2) {
            list.add(new Query(queries[at].replace("@", RATE), queries[at + 1]));
        }
        return new Panel(title, type, unit, width, about, list);
    }

    private static String quantile(String share, String metric) {
        return "histogram_quantile(" + share + ", sum by (le) (rate(" + metric + "_bucket" + "@)))";
    }

    public static List<Dashboard> all() {
        return List.of(health(), detection(), operations());
    }

    private static Dashboard health() {
        return new Dashboard(
                "stillwatch-health",
                "Stillwatch: pipeline health",
                List.of(
                        number("Ready", "none", "1 while it processes.", "min(stillwatch_ready)", "ready"),
                        number(
                                "Requests",
                                "reqps",
                                "Request events that count, a second.",
                                "sum(rate(stillwatch_requests_total@))",
                                "requests"),
                        number("Backlog", "short", "Records that wait.", "max(stillwatch_backlog_records)", "records"),
                        number(
                                "Event-time lag",
                                "s",
                                "How far the slowest partition is behind the clock.",
                                "max(stillwatch_event_time_lag_seconds)",
                                "lag"),
                        number(
                                "Set aside",
                                "short",
                                "Records on the dead-letters topic since the start.",
                                "sum(stillwatch_dead_letters_total)",
                                "records"),
                        number(
                                "Quarantined",
                                "short",
                                "Records that made processing fail since the start.",
                                "sum(stillwatch_quarantined_total)",
                                "records"),
                        lines(
                                "Requests and fingerprints",
                                "reqps",
                                "What comes in. Both lines lie on each other.",
                                "sum(rate(stillwatch_requests_total@))",
                                "requests",
                                "sum(rate(stillwatch_fingerprints_total@))",
                                "fingerprints"),
                        lines(
                                "Backlog",
                                "short",
                                "Must not grow for long.",
                                "max(stillwatch_backlog_records)",
                                "all",
                                "max(kafka_consumer_fetch_manager_records_lag_max >= 0)",
                                "largest of a partition"),
                        lines(
                                "Bytes read from Kafka",
                                "Bps",
                                "",
                                "sum(rate(kafka_consumer_fetch_manager_bytes_consumed_total@))",
                                "bytes"),
                        lines(
                                "Losses",
                                "reqps",
                                "What does not count, and why: see 'stillwatch losses'.",
                                "sum by (cause) (rate(stillwatch_losses_total@))",
                                "{{cause}}"),
                        lines(
                                "Look at an account",
                                "s",
                                "How long it takes.",
                                quantile("0.5", "stillwatch_look_seconds"),
                                "half",
                                quantile("0.99", "stillwatch_look_seconds"),
                                "99 of 100"),
                        lines(
                                "Commits",
                                "s",
                                "How long a commit takes on average, by Streams' own count.",
                                "max(kafka_stream_thread_commit_latency_avg / 1000 >= 0)",
                                "commit"),
                        lines(
                                "Accounts in memory",
                                "percentunit",
                                "Share of accounts asked for that were in memory.",
                                "sum(rate(stillwatch_cache_lookups_total{result=\"hit\"}@)) / sum(rate(stillwatch_cache_lookups_total@))",
                                "in memory"),
                        lines(
                                "Account cache",
                                "bytes",
                                "",
                                "sum(stillwatch_cache_bytes)",
                                "taken",
                                "sum(stillwatch_cache_limit_bytes)",
                                "may take"),
                        lines(
                                "State stores, native memory",
                                "bytes",
                                "Must stay below its ceiling.",
                                "sum(stillwatch_rocksdb_memory_bytes)",
                                "taken",
                                "sum(stillwatch_rocksdb_memory_limit_bytes)",
                                "ceiling"),
                        lines(
                                "Heap",
                                "bytes",
                                "",
                                "sum(jvm_memory_used_bytes{area=\"heap\"})",
                                "used",
                                "sum(jvm_memory_max_bytes{area=\"heap\"} > 0)",
                                "limit"),
                        lines(
                                "Resident memory",
                                "bytes",
                                "Heap, native memory and the rest.",
                                "sum(process_resident_memory_bytes)",
                                "resident"),
                        lines("Disk", "bytes", "", "sum(stillwatch_data_directory_bytes)", "data directory"),
                        lines(
                                "Garbage collection",
                                "percentunit",
                                "Share of time that it stops everything.",
                                "sum(rate(jvm_gc_pause_seconds_sum@))",
                                "paused"),
                        lines(
                                "Threads and handles",
                                "short",
                                "Flat, or something leaks.",
                                "sum(jvm_threads_live_threads)",
                                "threads",
                                "sum(process_files_open_files)",
                                "files open"),
                        lines(
                                "Processor",
                                "percentunit",
                                "",
                                "max(process_cpu_usage)",
                                "process",
                                "max(system_cpu_usage)",
                                "machine")));
    }

    private static Dashboard detection() {
        return new Dashboard(
                "stillwatch-detection",
                "Stillwatch: detection",
                List.of(
                        number("Signatures in effect", "short", "", "max(stillwatch_signatures)", "signatures"),
                        number(
                                "Unreadable",
                                "short",
                                "Published definitions that are not in effect.",
                                "max(stillwatch_signatures_unreadable)",
                                "unreadable"),
                        number(
                                "Entries of accounts",
                                "short",
                                "Accounts, timers and what was rewritten of late, about.",
                                "sum(stillwatch_accounts)",
                                "entries"),
                        number("Panes", "short", "Hours and days kept, about.", "sum(stillwatch_panes)", "panes"),
                        number("Campaigns", "short", "", "sum(stillwatch_campaigns)", "campaigns"),
                        number(
                                "Members",
                                "short",
                                "Accounts that are members of a campaign.",
                                "sum(stillwatch_campaign_members)",
                                "accounts"),
                        lines(
                                "Findings by signature",
                                "short",
                                "Looks that found it, an hour, in shadow too.",
                                "sum by (signature) (increase(stillwatch_findings_total[1h]))",
                                "{{signature}}"),
                        lines(
                                "Alerts opened by signature",
                                "short",
                                "An hour.",
                                "sum by (signature) (increase(stillwatch_alerts_total{state=\"opened\"}[1h]))",
                                "{{signature}}"),
                        lines(
                                "Alerts opened by severity",
                                "short",
                                "An hour.",
                                "sum by (severity) (increase(stillwatch_alerts_total{state=\"opened\"}[1h]))",
                                "{{severity}}"),
                        lines(
                                "From event to alert",
                                "s",
                                "Until the alert can be read; live traffic only.",
                                "histogram_quantile(0.5, sum by (le) (rate(stillwatch_event_to_alert_seconds_bucket[30m])))",
                                "half",
                                "histogram_quantile(0.99, sum by (le) (rate(stillwatch_event_to_alert_seconds_bucket[30m])))",
                                "99 of 100"),
                        lines(
                                "Looks",
                                "ops",
                                "Accounts looked at, a second.",
                                "sum(rate(stillwatch_look_seconds_count@))",
                                "looks"),
                        lines(
                                "Let pass by the allowlist",
                                "short",
                                "Findings, an hour.",
                                "sum(increase(stillwatch_allowlist_suppressions_total[1h]))",
                                "findings"),
                        lines(
                                "Accounts looked at for campaigns",
                                "short",
                                "",
                                "sum(stillwatch_linked_accounts)",
                                "accounts"),
                        lines(
                                "Campaigns and members",
                                "short",
                                "",
                                "sum(stillwatch_campaigns)",
                                "campaigns",
                                "sum(stillwatch_campaign_members)",
                                "members")));
    }

    private static Dashboard operations() {
        return new Dashboard(
                "stillwatch-soc",
                "Stillwatch: security operations",
                List.of(
                        panel(
                                "Open alerts",
                                "stat",
                                "short",
                                12,
                                "Worst first: 'stillwatch alerts list'.",
                                "sum by (severity) (stillwatch_alerts_open)",
                                "{{severity}}"),
                        panel(
                                "Decisions in force",
                                "stat",
                                "short",
                                12,
                                "What gateways do now.",
                                "sum by (action) (stillwatch_decisions_active)",
                                "{{action}}"),
                        lines("Open alerts", "short", "", "sum by (severity) (stillwatch_alerts_open)", "{{severity}}"),
                        lines(
                                "Steps of alerts",
                                "short",
                                "An hour: opened, updated, closed.",
                                "sum by (state) (increase(stillwatch_alerts_total[1h]))",
                                "{{state}}"),
                        lines(
                                "Decisions made",
                                "short",
                                "An hour, rehearsed ones included.",
                                "sum by (action) (increase(stillwatch_decisions_total[1h]))",
                                "{{action}}"),
                        panel(
                                "Alerts of a day by signature",
                                "table",
                                "short",
                                8,
                                "What opened, by what it rests on.",
                                "sort_desc(sum by (signature, severity) (increase(stillwatch_alerts_total{state=\"opened\"}[24h])))",
                                ""),
                        lines(
                                "Answers to gateways",
                                "reqps",
                                "A second, by verdict.",
                                "sum by (verdict) (rate(stillwatch_lookup_seconds_count@))",
                                "{{verdict}}"),
                        lines(
                                "Time an answer takes",
                                "s",
                                "In this process.",
                                quantile("0.5", "stillwatch_lookup_seconds"),
                                "half",
                                quantile("0.99", "stillwatch_lookup_seconds"),
                                "99 of 100"),
                        lines(
                                "Deliveries to sinks",
                                "short",
                                "An hour, by sink and outcome.",
                                "sum by (sink, outcome) (increase(stillwatch_sink_deliveries_total[1h]))",
                                "{{sink}} {{outcome}}"),
                        lines(
                                "Decisions in force",
                                "short",
                                "",
                                "sum by (action) (stillwatch_decisions_active)",
                                "{{action}}")));
    }

    /** As Grafana reads it, without ids that it gives itself. */
    static ObjectNode json(Dashboard dashboard) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("uid", dashboard.uid());
        root.put("title", dashboard.title());
        root.putArray("tags").add("stillwatch");
        root.put("timezone", "utc");
        root.put("schemaVersion", 41);
        root.put("editable", true);
        root.put("refresh", "30s");
        root.put("graphTooltip", 1);
        root.putObject("time").put("from", "now-6h").put("to", "now");
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("name", "datasource");
        source.put("label", "Prometheus");
        source.put("type", "datasource");
        source.put("query", "prometheus");
        root.putObject("templating").putArray("list").add(source);
        root.putObject("annotations").putArray("list");
        ArrayNode panels = root.putArray("panels");
        int x = 0;
        int y = 0;
        int id = 1;
        for (Panel panel : dashboard.panels()) {
            if (x + panel.width() > WIDTH) {
                x = 0;
                y += HEIGHT;
            }
            panels.add(json(panel, id++, x, y));
            x += panel.width();
        }
        return root;
    }

    private static ObjectNode json(Panel panel, int id, int x, int y) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("type", panel.type());
        json.put("title", panel.title());
        if (!panel.about().isEmpty()) {
            json.put("description", panel.about());
        }
        json.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
        json.putObject("gridPos")
                .put("x", x)
                .put("y", y)
                .put("w", panel.width())
                .put("h", HEIGHT);
        ObjectNode field = json.putObject("fieldConfig");
        field.putObject("defaults").put("unit", panel.unit()).put("min", 0);
        field.putArray("overrides");
        ObjectNode options = json.putObject("options");
        if (panel.type().equals("timeseries")) {
            ObjectNode legend = options.putObject("legend");
            legend.put("displayMode", "list").put("placement", "bottom").put("showLegend", true);
            legend.putArray("calcs");
            options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
        }
        ArrayNode targets = json.putArray("targets");
        char reference = 'A';
        Map<String, Boolean> modes = new LinkedHashMap<>();
        modes.put("instant", panel.type().equals("table"));
        modes.put("range", !panel.type().equals("table"));
        for (Query query : panel.queries()) {
            ObjectNode target = targets.addObject();
            target.put("refId", String.valueOf(reference++));
            target.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
            target.put("expr", query.expression());
            target.put("legendFormat", query.legend());
            modes.forEach(target::put);
            if (panel.type().equals("table")) {
                target.put("format", "table");
            }
        }
        return json;
    }
}
