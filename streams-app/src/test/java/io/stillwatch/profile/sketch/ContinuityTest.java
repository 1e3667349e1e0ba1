package io.stillwatch.profile.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.AnyFingerprint;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.ProfileCodec;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.schema.RequestFingerprint;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuityTest {
    private static final Feature CONTINUITY =
            Features.named("conversation_continuity").orElseThrow();
    private static final double COMMON = 0.5;

    private final Random random = new Random(11);

    /** Embeddings are a part of all prompts, a part of the conversation and a part of their own. */
    private Profile conversations(int conversations, int turns, double correlation, boolean named) {
        Profile profile = new Profile();
        double[] common = direction();
        for (int conversation = 1; conversation <= conversations; conversation++) {
            double[] topic = direction();
            for (int turn = 0; turn < turns; turn++) {
                double[] own = direction();
                double[] vector = new double[KernelMean.DIMENSIONS];
                for (int d = 0; d < vector.length; d++) {
                    vector[d] = COMMON * common[d]
                            + Math.sqrt(correlation) * topic[d]
                            + Math.sqrt(1 - correlation) * own[d];
                }
                RequestFingerprint request = AnyFingerprint.of(random.nextLong());
                request.setCharacters(100);
                request.setConversationHash(named ? random(conversation) : 0);
                request.setEmbedding(bytes(vector));
                profile.add(request);
            }
        }
        return profile;
    }

    private static long random(int conversation) {
        return new Random(conversation).nextLong() | 1;
    }

    private double[] direction() {
        double[] vector = new double[KernelMean.DIMENSIONS];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = random.nextGaussian();
        }
        return vector;
    }

    private static ByteBuffer bytes(double[] vector) {
        double length =
                Math.sqrt(java.util.Arrays.stream(vector).map(v -> v * v).sum());
        byte[] bytes = new byte[vector.length];
        for (int d = 0; d < vector.length; d++) {
            bytes[d] = (byte) Math.round(127 * vector[d] / length);
        }
        return ByteBuffer.wrap(bytes);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.5, 0.9})
    void itIsTheShareThatTheConversationExplains(double correlation) {
        double mean = 0;
        for (int run = 0; run < 10; run++) {
            mean += CONTINUITY.of(conversations(60, 6, correlation, true)) / 10;
        }

        assertThat(mean).isBetween(correlation - 0.06, correlation + 0.06);
    }

    @Test
    void interleavedConversationsAreToldApartAndStorageKeepsThem() {
        Profile related = conversations(100, 5, 0.4, true);
        related.merge(conversations(0, 0, 0, true));
        Profile stored = ProfileCodec.decode(ProfileCodec.encode(related));

        assertThat(CONTINUITY.of(related)).isBetween(0.2, 0.6);
        assertThat(CONTINUITY.of(stored)).isEqualTo(CONTINUITY.of(related));
    }

    @Test
    void withoutConversationsOrWithSingleTurnsThereIsNoValue() {
        assertThat(CONTINUITY.of(conversations(60, 6, 0.5, false))).isNaN();
        assertThat(CONTINUITY.of(conversations(200, 1, 0.5, true))).isNaN();
        assertThat(CONTINUITY.of(conversations(5, 6, 0.5, true))).isNaN();
    }
}
