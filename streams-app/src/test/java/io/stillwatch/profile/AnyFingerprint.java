package io.stillwatch.profile;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.sketch.KernelMean;
import io.stillwatch.schema.RequestFingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary fingerprints, from few enough different values that they repeat. */
public final class AnyFingerprint {
    private static final long START_MS = 1_790_000_000_000L;

    private AnyFingerprint() {}

    public static Arbitrary<RequestFingerprint> arbitrary() {
        return Arbitraries.longs().map(AnyFingerprint::of);
    }

    public static Arbitrary<List<RequestFingerprint>> lists(int most) {
        return arbitrary().list().ofMaxSize(most);
    }

    /** The fingerprint that belongs to a seed. */
    public static RequestFingerprint of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RequestFingerprint request = new RequestFingerprint();
        request.setEventId(
                switch ((int) (seed & 3)) {
                    case 0 -> "e-" + Long.toHexString(seed);
                    case 1 -> HexFormat.of().toHexDigits(seed);
                    default -> new UUID(Hash64.finish(seed), seed).toString();
                });
        request.setEventTime(START_MS + random.nextLong(48 * 3_600_000L));
        request.setAccountId("a");
        request.setAccountCreated(random.nextBoolean() ? START_MS - random.nextLong(1L << 36) : null);
        request.setModel("m-" + random.nextInt(3));
        request.setTurn(random.nextInt(-1, 3));
        request.setMessages(random.nextInt(-1, 6));
        request.setTemperature(random.nextInt(3) == 0 ? null : random.nextInt(3) * 0.5);
        request.setMaxTokens(random.nextInt(-1, 3_000));
        request.setN(1 + random.nextInt(4));
        request.setLogprobs(random.nextInt(5) == 0);
        request.setStream(random.nextBoolean());
        request.setStops(random.nextInt(3));
        request.setTools(random.nextInt(3));
        request.setToolsHash(random.nextInt(2));
        request.setInputTokens(random.nextInt(-1, 5_000));
        request.setCachedInputTokens(random.nextInt(-1, 100));
        request.setOutputTokens(random.nextInt(-1, 5_000));
        request.setReasoningTokens(random.nextInt(-1, 500));
        request.setFinishReason(random.nextBoolean() ? "stop" : "length");
        request.setStatus(random.nextInt(10) == 0 ? 429 : 200);
        request.setLinks(Map.of("network", "n-" + random.nextInt(20), "client", "c-" + random.nextInt(3)));
        request.setConversationHash(random.nextInt(4));
        request.setEndUserHash(random.nextInt(3));
        request.setApiKeyHash(random.nextInt(3));
        request.setVersion(1);
        long prompt = random.nextLong(40);
        request.setExactHash(Hash64.finish(prompt + 1));
        request.setSkeletonHash(Hash64.finish(prompt / 2 + 1));
        request.setSystemHash(random.nextInt(3));
        request.setHeadKey(Hash64.finish(prompt / 4 + 7));
        request.setTailKey(Hash64.finish(prompt / 5 + 9));
        List<Integer> shingles = new ArrayList<>();
        for (int shingle = 0; shingle < random.nextInt(8); shingle++) {
            shingles.add((int) Hash64.finish(prompt * 8 + shingle + 1));
        }
        request.setShingles(shingles);
        request.setMarkers(random.nextLong() & 0x3FFFFFF);
        request.setLanguage(
                random.nextInt(4) == 0 ? "und" : List.of("en", "de", "zh").get(random.nextInt(3)));
        request.setCharacters(random.nextInt(2_000));
        request.setWords(random.nextInt(400));
        byte[] embedding = new byte[random.nextInt(6) == 0 ? 0 : KernelMean.DIMENSIONS];
        for (int dimension = 0; dimension < embedding.length; dimension++) {
            embedding[dimension] = (byte) random.nextInt(-40, 41);
        }
        request.setEmbedding(ByteBuffer.wrap(embedding));
        return request;
    }
}
