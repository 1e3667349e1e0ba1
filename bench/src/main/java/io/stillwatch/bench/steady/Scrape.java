package io.stillwatch.bench.steady;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code /metrics} said at one moment, in Prometheus' text format.
 *
 * @param sums by name, of all series of that name
 * @param heap bytes in use
 * @param delays alerts by the upper bound of their delay in seconds, each bound with all below it
 */
record Scrape(Map<String, Double> sums, double heap, Map<Double, Double> delays) {
    private static final String DELAYS = "stillwatch_event_to_alert_seconds_bucket";
    private static final String MEMORY = "jvm_memory_used_bytes";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Asks a process. */
    static Scrape of(HttpClient client, int port) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("/metrics answered " + answer.statusCode() + ".");
        }
        return read(answer.body());
    }

    private static Scrape read(String text) {
        Map<String, Double> sums = new TreeMap<>();
        Map<Double, Double> delays = new TreeMap<>();
        double[] heap = {0};
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            int brace = line.indexOf('{');
            String name = line.substring(0, brace < 0 ? space : brace);
            double value = Double.parseDouble(line.substring(space + 1));
            sums.merge(name, value, Double::sum);
            if (name.equals(DELAYS)) {
                delays.merge(upperBound(line), value, Double::sum);
            } else if (name.equals(MEMORY) && line.contains("area=\"heap\"")) {
                heap[0] += value;
            }
        });
        return new Scrape(sums, heap[0], delays);
    }

    private static double upperBound(String line) {
        int from = line.indexOf("le=\"") + "le=\"".length();
        String bound = line.substring(from, line.indexOf('"', from));
        return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
    }

    /** A metric, all its series added up; not a number where there is none. */
    double sum(String name) {
        return sums.getOrDefault(name, Double.NaN);
    }

    /** Alerts whose delay is known. */
    double alerts() {
        return delays.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    }

    /**
     * The delay that a share of the alerts since another scrape stayed below, in seconds, as Prometheus'
     * {@code histogram_quantile} has it: linear within a bucket.
     */
    double delay(double share, Scrape since) {
        double rank = share * (alerts() - since.alerts());
        double below = 0;
        double lower = 0;
        for (Map.Entry<Double, Double> bucket : delays.entrySet()) {
            double upTo = bucket.getValue() - since.delays.getOrDefault(bucket.getKey(), 0.0);
            double upper = bucket.getKey();
            if (upTo >= rank && upTo > 0) {
                return Double.isInfinite(upper) ? lower : lower + (upper - lower) * (rank - below) / (upTo - below);
            }
            below = upTo;
            lower = upper;
        }
        return Double.NaN;
    }
}
