package io.stillwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.ActiveMinutes;
import io.stillwatch.profile.sketch.KernelMean;
import io.stillwatch.schema.RequestFingerprint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pane stays small, whatever comes. */
class PaneBytesTest {
    private static final List<RequestFingerprint> REQUESTS = RealRequests.of(10_000);

    @ParameterizedTest
    @CsvSource({"1, 160, 2100", "10, 380, 2200", "100, 1100, 3400", "1000, 1400, 4200", "10000, 1600, 5200"})
    void anHourOfDifferentPromptsTakesFewBytes(int requests, int encodedBytes, int heapBytes) {
        Profile pane = new Profile();
        REQUESTS.subList(0, requests).forEach(pane::add);
        byte[] encoded = ProfileCodec.encode(pane);

        assertThat(encoded.length).isLessThan(encodedBytes);
        assertThat(ProfileCodec.decode(encoded).approximateBytes()).isLessThan(heapBytes);
    }

    @Test
    void aMonthOfTheMostVariedTrafficHasACeiling() {
        SplittableRandom random = new SplittableRandom(7);
        Profile month = new Profile();
        byte[] embedding = new byte[KernelMean.DIMENSIONS];
        for (int at = 0; at < 60_000; at++) {
            RequestFingerprint request = AnyFingerprint.of(random.nextLong());
            request.setEventTime(1_790_000_000_000L + random.nextLong(30 * 24 * 3_600_000L));
            request.setLinks(Map.of("network", "n" + random.nextLong(), "client", "c" + random.nextLong()));
            request.setModel("m" + random.nextLong());
            request.setExactHash(random.nextLong());
            request.setSkeletonHash(random.nextLong());
            request.setHeadKey(random.nextLong());
            request.setTailKey(random.nextLong());
            request.setSystemHash(random.nextLong());
            request.setToolsHash(random.nextLong());
            request.setConversationHash(random.nextLong());
            request.setEndUserHash(random.nextLong());
            request.setApiKeyHash(random.nextLong());
            request.setMarkers(random.nextLong());
            request.setCharacters(random.nextInt(1, 1 << random.nextInt(1, 30)));
            request.setOutputTokens(random.nextInt(1, 1 << random.nextInt(1, 30)));
            request.setLanguage(Integer.toString(random.nextInt(100_000), 36));
            random.nextBytes(embedding);
            request.setEmbedding(ByteBuffer.wrap(embedding.clone()));
            month.add(request);
        }
        month.lose(Loss.LATE, Long.MAX_VALUE);

        assertThat(ProfileCodec.encode(month).length).isLessThan(9_000);
        assertThat(month.approximateBytes()).isLessThan(36_000);
    }

    @Test
    void activeMinutesOfAMonthHaveACeilingHoweverTheyLie() {
        for (int apart : new int[] {1, 1_000}) {
            for (int step = 1; step < 60; step++) {
                ActiveMinutes active = new ActiveMinutes();
                long lastMs = 0;
                for (long hour = 0; hour < ActiveMinutes.MOST_HOURS; hour++) {
                    for (int minute = 0; minute < 60; minute += step) {
                        lastMs = (hour * apart * 60 + minute) * 60_000;
                        active.add(lastMs);
                    }
                }
                StateWriter out = new StateWriter();
                BitWriter bits = new BitWriter(out);
                active.write(bits, 0, lastMs);
                bits.finish();

                assertThat(out.toByteArray().length).isLessThan(apart == 1 ? 6_000 : 7_000);
                ActiveMinutes read = new ActiveMinutes();
                read.read(new BitReader(new StateReader(out.toByteArray())), 0, lastMs);
                assertThat(read.minutes()).isEqualTo(active.minutes());
            }
        }
    }
}
