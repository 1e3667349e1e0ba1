package io.stillwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.schema.RequestFingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StrandedProfileTest {
    @Provide
    Arbitrary<List<RequestFingerprint>> requests() {
        return AnyFingerprint.lists(200);
    }

    @Property(tries = 60)
    void theWholeIsTheProfileThatAllRequestsGive(@ForAll("requests") List<RequestFingerprint> requests) {
        Profile together = new Profile();
        requests.forEach(together::add);

        assertThat(ProfileCodec.encode(stranded(requests).whole())).isEqualTo(ProfileCodec.encode(together));
        assertThat(stranded(requests).requests()).isEqualTo(requests.size());
    }

    @Property(tries = 60)
    void anyPanesInAnyOrderGiveTheSameBytes(@ForAll("requests") List<RequestFingerprint> requests, @ForAll long seed) {
        Random random = new Random(seed);
        List<StrandedProfile> panes = new ArrayList<>(List.of(new StrandedProfile()));
        for (RequestFingerprint request : requests) {
            if (random.nextInt(10) == 0) {
                panes.add(new StrandedProfile());
            }
            panes.get(panes.size() - 1).add(request);
        }
        Collections.shuffle(panes, random);
        StrandedProfile merged = new StrandedProfile();
        panes.forEach(merged::merge);

        assertThat(bytes(merged)).isEqualTo(bytes(stranded(requests)));
    }

    @Property(tries = 60)
    void whereThePromptsLieCanBeReadAlone(@ForAll("requests") List<RequestFingerprint> requests) {
        StrandedProfile profile = stranded(requests);

        assertThat(StrandedProfileCodec.promptMean(bytes(profile)))
                .isEqualTo(profile.whole().promptMean());
        profile.lose(Loss.LATE, 3);
        assertThat(StrandedProfileCodec.promptMean(bytes(profile)))
                .isEqualTo(profile.whole().promptMean());
    }

    @Property(tries = 60)
    void whatIsDecodedIsWhatWasEncoded(@ForAll("requests") List<RequestFingerprint> requests) {
        StrandedProfile profile = stranded(requests);
        profile.lose(Loss.LATE, 3);
        StrandedProfile decoded = StrandedProfileCodec.decode(bytes(profile));

        assertThat(bytes(decoded)).isEqualTo(bytes(profile));
        assertThat(decoded.lost(Loss.LATE)).isEqualTo(3);
        assertThat(decoded.whole().completeness()).isEqualTo(profile.whole().completeness());
    }

    @Test
    void bytesThatAreCutAreRefused() {
        byte[] bytes = bytes(stranded(List.of(AnyFingerprint.of(1), AnyFingerprint.of(2))));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> StrandedProfileCodec.decode(cut)).isInstanceOf(CorruptStateException.class);
        }
    }

    @Test
    void aRequestBelongsToTheFirstStrandThatFits() {
        assertThat(Strand.of(plain().setTools(2).setStream(true).build())).isEqualTo(Strand.TOOLS);
        assertThat(Strand.of(plain().setTurn(1).setStream(true).build())).isEqualTo(Strand.DIALOGUE);
        assertThat(Strand.of(plain().setConversationHash(7).build())).isEqualTo(Strand.DIALOGUE);
        assertThat(Strand.of(plain().setEndUserHash(7).build())).isEqualTo(Strand.DIALOGUE);
        assertThat(Strand.of(plain().setStream(true).setMaxTokens(4_000).build()))
                .isEqualTo(Strand.STREAMED);
        assertThat(Strand.of(plain().setLogprobs(true).setMaxTokens(1).build())).isEqualTo(Strand.PROBING);
        assertThat(Strand.of(plain().setN(4).build())).isEqualTo(Strand.PROBING);
        assertThat(Strand.of(plain().setMaxTokens(1_000).build())).isEqualTo(Strand.ROOMY);
        assertThat(Strand.of(plain().setMaxTokens(999).build())).isEqualTo(Strand.TIGHT);
        assertThat(Strand.of(plain().build())).isEqualTo(Strand.PLAIN);
    }

    private static RequestFingerprint.Builder plain() {
        return RequestFingerprint.newBuilder(AnyFingerprint.of(1))
                .setTools(0)
                .setToolsHash(0)
                .setStream(false)
                .setTurn(0)
                .setMessages(1)
                .setSystemHash(0)
                .setConversationHash(0)
                .setEndUserHash(0)
                .setLogprobs(false)
                .setN(1)
                .setMaxTokens(-1);
    }

    private static StrandedProfile stranded(List<RequestFingerprint> requests) {
        StrandedProfile profile = new StrandedProfile();
        requests.forEach(profile::add);
        return profile;
    }

    private static byte[] bytes(StrandedProfile profile) {
        return StrandedProfileCodec.encode(profile);
    }
}
