package io.stillwatch.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.fingerprint.StaticEmbedder;
import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People behind one key have the structure that real ones have. */
class CrowdTraitsTest {
    private static List<RequestEvent> requests(String kind, int requests) {
        return new Simulator(PlanReader.read("{seed: 12, days: 2, groups: [{persona: " + kind
                        + ", accounts: 1, requests: " + requests + "}]}"))
                .stream().filter(event -> event.getStatus() == 200).toList();
    }

    /** Embeddings less their mean. */
    private static List<double[]> centred(List<RequestEvent> events) {
        StaticEmbedder embedder = new StaticEmbedder();
        List<double[]> vectors = new ArrayList<>();
        double[] mean = new double[StaticEmbedder.DIMENSIONS];
        for (RequestEvent event : events) {
            float[] vector = new float[StaticEmbedder.DIMENSIONS];
            embedder.embed(event.getPrompt(), 64, vector);
            double length = 0;
            for (float x : vector) {
                length += x * x;
            }
            double[] unit = new double[vector.length];
            for (int d = 0; d < unit.length; d++) {
                unit[d] = length > 0 ? vector[d] / Math.sqrt(length) : 0;
                mean[d] += unit[d] / events.size();
            }
            vectors.add(unit);
        }
        for (double[] vector : vectors) {
            for (int d = 0; d < vector.length; d++) {
                vector[d] -= mean[d];
            }
        }
        return vectors;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    /** How alike requests are that are so far apart, of what they are like themselves. */
    private static double likeness(List<double[]> vectors, int from, int to) {
        double alike = 0;
        double own = 0;
        for (int lag = from; lag <= to; lag++) {
            for (int i = lag; i < vectors.size(); i++) {
                alike += product(vectors.get(i), vectors.get(i - lag));
                own += product(vectors.get(i), vectors.get(i));
            }
        }
        return alike / own;
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel-bot", "board-bot"})
    void whatIsAskedNearbyIsAlikeAndLessSoFurtherApart(String kind) {
        List<double[]> vectors = centred(requests(kind, 900));

        double near = likeness(vectors, 1, 3);
        double far = likeness(vectors, 30, 60);

        assertThat(near).isGreaterThan(0.02);
        assertThat(far).isLessThan(near / 2);
    }

    @Test
    void aHarvestedQueueIsAlikeAtNoDistance() {
        List<double[]> vectors = centred(new Simulator(
                        PlanReader.read("groups: [{behaviour: bulk-instruction-harvest, accounts: 1, requests: 900}]"))
                .stream().toList());

        assertThat(likeness(vectors, 1, 3)).isBetween(-0.01, 0.015);
    }

    private static Map<String, List<RequestEvent>> byUser(String kind) {
        return requests(kind, 900).stream().collect(Collectors.groupingBy(RequestEvent::getEndUserId));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-platform", "named-channel-bot", "community"})
    void peopleWriteDifferentlyFromEachOtherAndAlikeOverTime(String kind) {
        Map<String, List<RequestEvent>> users = byUser(kind);
        users.values().removeIf(requests -> requests.size() < 6);

        assertThat(users).hasSizeGreaterThan(15);
        ToDoubleFunction<RequestEvent> lowerCase =
                event -> Character.isLowerCase(event.getPrompt().charAt(0)) ? 1 : 0;
        ToDoubleFunction<RequestEvent> length =
                event -> Math.log(event.getPrompt().length());
        assertThat(withinShare(users, lowerCase)).isGreaterThan(0.12);
        assertThat(withinShare(users, length)).isGreaterThan(0.02);
    }

    /** The intraclass correlation of a trait: how much more alike two requests of one person are than of two. */
    private static double withinShare(Map<String, List<RequestEvent>> users, ToDoubleFunction<RequestEvent> trait) {
        double mean = users.values().stream()
                .flatMap(List::stream)
                .mapToDouble(trait)
                .average()
                .orElseThrow();
        double pairs = 0;
        double alike = 0;
        double variance = 0;
        double count = 0;
        for (List<RequestEvent> own : users.values()) {
            double sum = 0;
            double squares = 0;
            for (RequestEvent event : own) {
                double x = trait.applyAsDouble(event) - mean;
                sum += x;
                squares += x * x;
            }
            alike += sum * sum - squares;
            pairs += own.size() * (own.size() - 1.0);
            variance += squares;
            count += own.size();
        }
        return alike / pairs / (variance / count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-platform", "named-channel-bot", "community"})
    void someComeFarMoreOftenThanOthers(String kind) {
        Map<String, List<RequestEvent>> users = byUser(kind);
        double mean = users.values().stream().mapToInt(List::size).average().orElseThrow();
        double variance = users.values().stream()
                .mapToDouble(own -> (own.size() - mean) * (own.size() - mean))
                .average()
                .orElseThrow();

        assertThat(variance / mean).isGreaterThan(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-platform", "chat-user", "support-bot", "bare-reseller"})
    void aFurtherTurnCarriesTheTokensOfAllThatWasSentAndAnswered(String kind) {
        Map<String, RequestEvent> former = new HashMap<>();
        int turns = 0;
        for (RequestEvent event : requests(kind, 900)) {
            if (event.getConversationId() == null) {
                continue;
            }
            RequestEvent before = former.put(event.getConversationId(), event);
            if (before != null && event.getTurn() == before.getTurn() + 1) {
                long reasoning = before.getReasoningTokens() == null ? 0 : before.getReasoningTokens();
                long sent = before.getInputTokens() + before.getOutputTokens() - reasoning;
                assertThat(event.getInputTokens()).isGreaterThan(sent).isLessThan(sent + 3_000);
                turns++;
            }
        }
        if (!kind.equals("bare-reseller") && !kind.equals("user-platform")) {
            assertThat(turns).isGreaterThan(50);
        }
    }

    @Test
    void claimsOfAPlanAreMade() {
        assertThat(new Simulator(PlanReader.read("""
                        groups:
                          - {behaviour: code-harvest, accounts: 1, requests: 60, evasion: {claims: enduser+temp0}}
                        """)).stream()).allSatisfy(event -> {
            assertThat(event.getEndUserId()).startsWith("u-");
            assertThat(event.getTemperature()).isZero();
        });
    }
}
