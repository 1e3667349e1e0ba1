package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often template keys are right on real templates, where a checkout has the real prompts beside it. */
class TemplateKeyRatesTest {
    private static final int PAIRS = 20_000;
    private static final int FEWEST_FILLS = 5;

    private final Fingerprinter fingerprinter = Fingerprinter.withoutEmbedding();

    @ParameterizedTest
    @CsvSource({"p3_flan, 0.80, 0.01", "batch_classify_jobs, 0.98, 0.03"})
    void fillsOfOneTemplateShareAKeyAndFillsOfTwoHardlyEver(String set, double fewestTogether, double mostApart)
            throws IOException {
        Path prompts = Path.of("..", "..", "shared", "data", "prompts", set + ".jsonl.gz");
        assumeThat(prompts)
                .as("the real prompts are not beside this checkout, so the rates are not measured")
                .exists();
        List<List<RequestFingerprint>> templates = read(prompts);

        double together = 0;
        Random random = new Random(1);
        for (int pair = 0; pair < PAIRS; pair++) {
            List<RequestFingerprint> fills = templates.get(random.nextInt(templates.size()));
            int one = random.nextInt(fills.size());
            int other = (one + 1 + random.nextInt(fills.size() - 1)) % fills.size();
            together += collide(fills.get(one), fills.get(other)) ? 1 : 0;
        }
        double apart = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            int one = random.nextInt(templates.size());
            int other = (one + 1 + random.nextInt(templates.size() - 1)) % templates.size();
            apart += collide(any(templates.get(one), random), any(templates.get(other), random)) ? 1 : 0;
        }
        System.out.printf(
                "%s: %d templates; a key in common: %.3f of the pairs within one, %.4f of those across two%n",
                set, templates.size(), together / PAIRS, apart / PAIRS);
        assertThat(together / PAIRS).isGreaterThan(fewestTogether);
        assertThat(apart / PAIRS).isLessThan(mostApart);
    }

    private static RequestFingerprint any(List<RequestFingerprint> fills, Random random) {
        return fills.get(random.nextInt(fills.size()));
    }

    private static boolean collide(RequestFingerprint one, RequestFingerprint other) {
        return one.getHeadKey() == other.getHeadKey() || one.getTailKey() == other.getTailKey();
    }

    private List<List<RequestFingerprint>> read(Path prompts) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Map<String, List<RequestFingerprint>> byTemplate = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(prompts)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = json.readTree(line);
                byTemplate
                        .computeIfAbsent(node.get("job").asText(), job -> new ArrayList<>())
                        .add(of(node.get("prompt").asText()));
            }
        }
        return byTemplate.values().stream()
                .filter(fills -> fills.size() >= FEWEST_FILLS)
                .toList();
    }

    private RequestFingerprint of(String prompt) {
        return fingerprinter.fingerprint(RequestEvent.newBuilder()
                .setEventId("e")
                .setEventTime(1)
                .setAccountId("a")
                .setPrompt(prompt)
                .build());
    }
}
