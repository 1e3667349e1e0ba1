package io.stillwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.RequestFingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SoughtRequestsTest {
    private static final long MONDAY = 7 * 2_957L;

    @Provide
    Arbitrary<List<RequestFingerprint>> requests() {
        return AnyFingerprint.lists(60);
    }

    @Property(tries = 60)
    void thoseOfTwoWeeksAreOneProfileInWhateverOrderTheyCome(
            @ForAll("requests") List<RequestFingerprint> requests, @ForAll long seed) {
        List<RequestFingerprint> shuffled = new ArrayList<>(requests);
        Collections.shuffle(shuffled, new Random(seed));
        SoughtRequests one = new SoughtRequests();
        SoughtRequests other = new SoughtRequests();
        Profile expected = new Profile();
        for (RequestFingerprint request : requests) {
            one.add(request, dayOf(request), Ties.NONE);
            if (SoughtRequests.isSought(request, Ties.NONE)) {
                expected.add(request);
            }
        }
        shuffled.forEach(request -> other.add(request, dayOf(request), Ties.NONE));

        assertThat(one.profile(MONDAY + 13).map(ProfileCodec::encode).orElse(new byte[0]))
                .isEqualTo(expected.requests() == 0 ? new byte[0] : ProfileCodec.encode(expected));
        assertThat(bytes(other)).isEqualTo(bytes(one));
    }

    /** Two weeks that follow each other. */
    private static long dayOf(RequestFingerprint request) {
        return MONDAY + Math.floorMod(request.getExactHash(), 14);
    }

    @Property(tries = 60)
    void whatIsWrittenIsReadAndWhatIsCutIsRefused(
            @ForAll("requests") List<RequestFingerprint> requests, @ForAll @IntRange(max = 40) int days) {
        SoughtRequests sought = new SoughtRequests();
        requests.forEach(request ->
                sought.add(request, MONDAY + Math.floorMod(request.getExactHash(), Math.max(1, days)), Ties.NONE));
        byte[] bytes = bytes(sought);

        assertThat(bytes(SoughtRequests.read(new StateReader(bytes)))).isEqualTo(bytes);
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 20) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SoughtRequests.read(new StateReader(cut)))
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    @Test
    void askingForWhatIsTaughtWithCountsWhateverParametersAndIdsTheCallerWrites() {
        RequestFingerprint plain = asking(Marker.RUBRIC);
        RequestFingerprint dressed = asking(Marker.RUBRIC);
        dressed.setStream(true);
        dressed.setTools(3);
        dressed.setEndUserHash(9);
        dressed.setSystemHash(7);
        dressed.setMaxTokens(64);

        assertThat(SoughtRequests.isSought(plain, Ties.NONE)).isTrue();
        assertThat(SoughtRequests.isSought(dressed, Ties.NONE)).isTrue();
        assertThat(SoughtRequests.isSought(asking(Marker.POLITE), Ties.NONE)).isFalse();
    }

    @Test
    void aTurnThatTokensBearOutIsNoneAndOneThatTheyContradictIs() {
        RequestFingerprint request = asking(Marker.WRITES_CODE);

        assertThat(SoughtRequests.isSought(request, Ties.single(Ties.Turn.BORNE_OUT, false, false)))
                .isFalse();
        assertThat(SoughtRequests.isSought(request, Ties.single(Ties.Turn.PLAUSIBLE, false, false)))
                .isFalse();
        assertThat(SoughtRequests.isSought(request, Ties.single(Ties.Turn.CONTRADICTED, false, false)))
                .isTrue();
        assertThat(SoughtRequests.isSought(request, Ties.single(Ties.Turn.UNKNOWN, false, false)))
                .isTrue();
    }

    @Test
    void twoWeeksAreSeenAndOlderOnesForgotten() {
        SoughtRequests sought = new SoughtRequests();
        RequestFingerprint request = asking(Marker.RUBRIC);
        sought.add(request, MONDAY, Ties.NONE);
        sought.add(request, MONDAY + 7, Ties.NONE);
        sought.add(request, MONDAY + 14, Ties.NONE);
        sought.add(request, MONDAY + 1, Ties.NONE);

        assertThat(seen(sought, MONDAY + 14)).isEqualTo(2);
        assertThat(seen(sought, MONDAY + 20)).isEqualTo(2);
        assertThat(seen(sought, MONDAY + 21)).isEqualTo(1);
        assertThat(seen(sought, MONDAY + 28)).isZero();
    }

    @Test
    void aStampYearsAheadCostsOneWeekAndNoMore() {
        SoughtRequests sought = new SoughtRequests();
        RequestFingerprint request = asking(Marker.RUBRIC);
        sought.add(request, MONDAY - 1, Ties.NONE);
        sought.add(request, MONDAY, Ties.NONE);
        sought.add(request, MONDAY + 4_000, Ties.NONE);
        sought.add(request, MONDAY + 1, Ties.NONE);

        assertThat(seen(sought, MONDAY + 1)).isEqualTo(2);
        sought.add(request, MONDAY + 8, Ties.NONE);
        assertThat(seen(sought, MONDAY + 8)).isEqualTo(1);
    }

    @Test
    void anAccountThatAsksForNothingOfTheKindTakesOneByte() {
        SoughtRequests sought = new SoughtRequests();
        sought.add(asking(Marker.POLITE), MONDAY, Ties.NONE);

        assertThat(bytes(sought)).hasSize(1);
        assertThat(sought.profile(MONDAY)).isEqualTo(Optional.empty());
    }

    private static RequestFingerprint asking(Marker marker) {
        RequestFingerprint request = AnyFingerprint.of(1);
        request.setMarkers(marker.bit());
        return request;
    }

    private static long seen(SoughtRequests sought, long day) {
        return sought.profile(day).map(Profile::requests).orElse(0L);
    }

    private static byte[] bytes(SoughtRequests sought) {
        StateWriter out = new StateWriter();
        sought.write(out);
        return out.toByteArray();
    }
}
