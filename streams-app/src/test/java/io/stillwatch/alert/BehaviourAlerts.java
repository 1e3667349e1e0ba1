package io.stillwatch.alert;

import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Finding;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.FeatureValues;
import io.stillwatch.signature.Signature;
import io.stillwatch.signature.SignatureSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** An alert for every behaviour that ships, each from the first example that its signature must match. */
public final class BehaviourAlerts {
    private static final Instant SEEN = Instant.parse("2026-06-01T12:00:00Z");
    private static final int ACCOUNTS = 12;

    private BehaviourAlerts() {}

    /** By the signature's id. */
    public static Map<String, Alert> bySignature() {
        Map<String, Alert> alerts = new TreeMap<>();
        SignatureSet.bundled()
                .signatures()
                .forEach(compiled -> alerts.put(compiled.signature().id(), alert(compiled)));
        return alerts;
    }

    private static Alert alert(CompiledSignature compiled) {
        Signature signature = compiled.signature();
        Map<String, Double> features = signature.examples().match().get(0).features();
        FeatureValues values = name -> features.getOrDefault(name, Double.NaN);
        Duration window = signature.windows().get(0);
        long requests = features.getOrDefault("requests", 1_000.0).longValue();
        long tokens = features.getOrDefault("output_tokens", 500.0 * requests).longValue();
        Finding finding = Finding.newBuilder()
                .setSignatureId(signature.id())
                .setSignatureVersion(signature.version())
                .setTitle(signature.title())
                .setSeverity(signature.severity().name().toLowerCase(Locale.ROOT))
                .setScore(compiled.evaluate(values).orElseThrow())
                .setWindow(window.toString())
                .setWindowStart(SEEN.minus(window).toEpochMilli())
                .setWindowEnd(SEEN.toEpochMilli())
                .setRequests(requests)
                .setOutputTokens(tokens)
                .setEvidence(compiled.evidence(values))
                .setAtlas(signature.atlas())
                .setOwasp(signature.owasp())
                .build();
        boolean campaign = signature.entity().equals(EntityType.CAMPAIGN);
        Observation seen = new Observation(
                signature.entity(),
                campaign ? "c-0123456789abcdef" : "a-" + signature.id(),
                SEEN.toEpochMilli(),
                List.of(finding),
                SEEN.minus(window).toEpochMilli(),
                requests,
                tokens,
                campaign
                        ? IntStream.range(0, ACCOUNTS)
                                .mapToObj(number -> "a-" + (100 + number))
                                .toList()
                        : List.of());
        return new AlertLifecycle(Duration.ofHours(24), "public-chat 3")
                .advance(AlertMemory.NONE, seen)
                .alert()
                .orElseThrow();
    }
}
