package io.stillwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.schema.RequestFingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A profile is a commutative monoid, down to its bytes. */
class ProfileLawsTest {
    @Provide
    Arbitrary<List<RequestFingerprint>> requests() {
        return AnyFingerprint.lists(120);
    }

    @Provide
    Arbitrary<Profile> profiles() {
        return Combinators.combine(
                        AnyFingerprint.lists(300),
                        Arbitraries.maps(
                                Arbitraries.of(Loss.class), Arbitraries.longs().between(0, 1L << 40)))
                .as((requests, losses) -> {
                    Profile profile = profile(requests);
                    losses.forEach(profile::lose);
                    return profile;
                });
    }

    @Property(tries = 100)
    void mergingIsCommutative(@ForAll("profiles") Profile left, @ForAll("profiles") Profile right) {
        assertThat(bytes(merged(left, right))).isEqualTo(bytes(merged(right, left)));
    }

    @Property(tries = 100)
    void mergingIsAssociative(
            @ForAll("profiles") Profile first, @ForAll("profiles") Profile second, @ForAll("profiles") Profile third) {
        assertThat(bytes(merged(merged(first, second), third))).isEqualTo(bytes(merged(first, merged(second, third))));
    }

    @Property(tries = 60)
    void theEmptyProfileChangesNothing(@ForAll("profiles") Profile profile) {
        assertThat(bytes(merged(profile, new Profile()))).isEqualTo(bytes(profile));
        assertThat(bytes(merged(new Profile(), profile))).isEqualTo(bytes(profile));
    }

    @Property(tries = 60)
    void mergingLeavesTheOtherOneAsItIs(@ForAll("profiles") Profile left, @ForAll("profiles") Profile right) {
        byte[] before = bytes(right);
        Profile sum = merged(left, right);
        sum.merge(left);

        assertThat(bytes(right)).isEqualTo(before);
    }

    @Property(tries = 60)
    void lossesAddUp(@ForAll("profiles") Profile left, @ForAll("profiles") Profile right) {
        Profile sum = ProfileCodec.decode(bytes(merged(left, right)));

        for (Loss kind : Loss.values()) {
            assertThat(sum.lost(kind)).isEqualTo(left.lost(kind) + right.lost(kind));
        }
        assertThat(sum.completeness()).isBetween(0.0, 1.0);
    }

    @Property(tries = 60)
    void addingIsMergingSingletons(@ForAll("requests") List<RequestFingerprint> requests) {
        Profile oneByOne = new Profile();
        for (RequestFingerprint request : requests) {
            oneByOne.merge(profile(List.of(request)));
        }

        assertThat(bytes(oneByOne)).isEqualTo(bytes(profile(requests)));
    }

    @Property(tries = 60)
    void orderDoesNotMatter(@ForAll("requests") List<RequestFingerprint> requests, @ForAll long seed) {
        List<RequestFingerprint> shuffled = new ArrayList<>(requests);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(bytes(profile(shuffled))).isEqualTo(bytes(profile(requests)));
    }

    @Property(tries = 40)
    void anySplitIntoPanesMergesToTheSameFeatures(
            @ForAll("requests") List<RequestFingerprint> requests, @ForAll @IntRange(min = 1, max = 9) int panes) {
        List<Profile> parts = new ArrayList<>();
        for (int pane = 0; pane < panes; pane++) {
            parts.add(new Profile());
        }
        for (int at = 0; at < requests.size(); at++) {
            parts.get(at % panes).add(requests.get(at));
            parts.get(at % panes).lose(Loss.LATE, at % 3);
        }
        Profile whole = new Profile();
        parts.forEach(whole::merge);

        Profile atOnce = profile(requests);
        for (int at = 0; at < requests.size(); at++) {
            atOnce.lose(Loss.LATE, at % 3);
        }

        assertThat(features(whole)).isEqualTo(features(atOnce));
    }

    @Property(tries = 100)
    void whatIsEncodedIsDecoded(@ForAll("profiles") Profile profile) {
        byte[] encoded = bytes(profile);
        Profile decoded = ProfileCodec.decode(encoded);

        assertThat(bytes(decoded)).isEqualTo(encoded);
        assertThat(features(decoded)).isEqualTo(features(profile));
        assertThat(decoded.exampleEventIds()).isEqualTo(profile.exampleEventIds());
        assertThat(decoded.firstEventMs()).isEqualTo(profile.firstEventMs());
        assertThat(decoded.lastEventMs()).isEqualTo(profile.lastEventMs());
    }

    @Property(tries = 60)
    void aDecodedProfileGoesOnAsIfItHadNeverBeenStored(
            @ForAll("requests") List<RequestFingerprint> requests, @ForAll @IntRange(min = 1, max = 7) int storeEvery) {
        Profile stored = new Profile();
        for (int at = 0; at < requests.size(); at++) {
            stored.add(requests.get(at));
            if (at % storeEvery == 0) {
                stored = ProfileCodec.decode(bytes(stored));
            }
        }

        assertThat(bytes(stored)).isEqualTo(bytes(profile(requests)));
    }

    @Property(tries = 60)
    void aProfileIsReadFromWithinAnotherRecord(@ForAll("profiles") Profile first, @ForAll("profiles") Profile second) {
        StateWriter out = new StateWriter();
        out.writeString("before");
        ProfileCodec.write(first, out);
        ProfileCodec.write(second, out);
        out.writeString("behind");
        StateReader in = new StateReader(out.toByteArray());

        assertThat(in.readString()).isEqualTo("before");
        assertThat(bytes(ProfileCodec.read(in))).isEqualTo(bytes(first));
        assertThat(bytes(ProfileCodec.read(in))).isEqualTo(bytes(second));
        assertThat(in.readString()).isEqualTo("behind");
    }

    @Property(tries = 500)
    void damagedBytesGiveOnlyTheOneException(
            @ForAll("profiles") Profile profile, @ForAll int where, @ForAll byte what) {
        byte[] damaged = bytes(profile);
        damaged[Math.floorMod(where, damaged.length)] = what;
        readOrRefuse(damaged);
    }

    @Property(tries = 500)
    void anyBytesGiveOnlyTheOneException(@ForAll byte[] any, @ForAll @IntRange(max = 7) int flags) {
        byte[] bytes = new byte[any.length + 2];
        bytes[0] = 2;
        bytes[1] = (byte) flags;
        System.arraycopy(any, 0, bytes, 2, any.length);
        readOrRefuse(bytes);
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            Profile profile = ProfileCodec.decode(bytes);
            profile.merge(profile(List.of(AnyFingerprint.of(1))));
            features(profile);
            bytes(profile);
        } catch (CorruptStateException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }

    @Property(tries = 100)
    void truncatedBytesAreRefused(@ForAll("profiles") Profile profile, @ForAll int length) {
        byte[] whole = bytes(profile);
        byte[] cut = Arrays.copyOf(whole, Math.floorMod(length, whole.length));

        assertThatThrownBy(() -> ProfileCodec.decode(cut)).isInstanceOf(CorruptStateException.class);
    }

    private static Profile profile(List<RequestFingerprint> requests) {
        Profile profile = new Profile();
        requests.forEach(profile::add);
        return profile;
    }

    private static Profile merged(Profile left, Profile right) {
        Profile sum = new Profile();
        sum.merge(left);
        sum.merge(right);
        return sum;
    }

    private static Map<String, Double> features(Profile profile) {
        return Features.all().stream().collect(Collectors.toMap(Feature::name, feature -> feature.of(profile)));
    }

    private static byte[] bytes(Profile profile) {
        return ProfileCodec.encode(profile);
    }
}
