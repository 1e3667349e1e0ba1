package io.stillwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.RequestFingerprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
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

    @Property(tries = 60)
    void mergingIsCommutative(
            @ForAll("requests") List<RequestFingerprint> left, @ForAll("requests") List<RequestFingerprint> right) {
        assertThat(bytes(merged(profile(left), profile(right))))
                .isEqualTo(bytes(merged(profile(right), profile(left))));
    }

    @Property(tries = 60)
    void mergingIsAssociative(
            @ForAll("requests") List<RequestFingerprint> first,
            @ForAll("requests") List<RequestFingerprint> second,
            @ForAll("requests") List<RequestFingerprint> third) {
        Profile leftFirst = merged(merged(profile(first), profile(second)), profile(third));
        Profile rightFirst = merged(profile(first), merged(profile(second), profile(third)));

        assertThat(bytes(leftFirst)).isEqualTo(bytes(rightFirst));
    }

    @Property(tries = 30)
    void theEmptyProfileChangesNothing(@ForAll("requests") List<RequestFingerprint> requests) {
        assertThat(bytes(merged(profile(requests), new Profile()))).isEqualTo(bytes(profile(requests)));
        assertThat(bytes(merged(new Profile(), profile(requests)))).isEqualTo(bytes(profile(requests)));
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
        }
        Profile whole = new Profile();
        parts.forEach(whole::merge);

        for (Feature feature : Features.all()) {
            assertThat(Double.valueOf(feature.of(whole)))
                    .as(feature.name())
                    .isEqualTo(Double.valueOf(feature.of(profile(requests))));
        }
    }

    @Property(tries = 60)
    void whatIsEncodedIsDecoded(@ForAll("requests") List<RequestFingerprint> requests) {
        byte[] encoded = bytes(profile(requests));

        assertThat(bytes(ProfileCodec.decode(encoded))).isEqualTo(encoded);
    }

    @Property(tries = 200)
    void damagedBytesGiveOnlyTheOneException(
            @ForAll("requests") List<RequestFingerprint> requests, @ForAll int where, @ForAll byte what) {
        byte[] damaged = bytes(profile(requests));
        damaged[Math.floorMod(where, damaged.length)] = what;
        try {
            ProfileCodec.decode(damaged);
        } catch (CorruptStateException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }

    @Property(tries = 60)
    void truncatedBytesAreRefused(@ForAll("requests") List<RequestFingerprint> requests, @ForAll int length) {
        byte[] whole = bytes(profile(requests));
        byte[] cut = java.util.Arrays.copyOf(whole, Math.floorMod(length, whole.length));

        assertThatThrownBy(() -> ProfileCodec.decode(cut)).isInstanceOf(CorruptStateException.class);
    }

    private static Profile profile(List<RequestFingerprint> requests) {
        Profile profile = new Profile();
        requests.forEach(profile::add);
        return profile;
    }

    private static Profile merged(Profile into, Profile other) {
        into.merge(other);
        return into;
    }

    private static byte[] bytes(Profile profile) {
        return ProfileCodec.encode(profile);
    }
}
