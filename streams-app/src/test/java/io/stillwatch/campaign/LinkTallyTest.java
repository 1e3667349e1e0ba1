package io.stillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.AnyFingerprint;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.RequestFingerprint;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinkTallyTest {
    private final LinkTally tally = new LinkTally();

    @Test
    void infrastructureIsSharedFromTheFirstRequest() {
        tally.add(request(1, Map.of("payment", "p", "network", "n", "country", "c")));

        assertThat(tally.keys(1)).extracting(LinkKey::kind).contains(LinkKind.PAYMENT, LinkKind.NETWORK);
    }

    @Test
    void anOpeningIsATemplateOnceItComesBack() {
        tally.add(request(1, Map.of()));
        assertThat(tally.keys(1)).extracting(LinkKey::kind).doesNotContain(LinkKind.OPENING);

        tally.add(request(1, Map.of()));
        assertThat(tally.keys(2)).extracting(LinkKey::kind).contains(LinkKind.OPENING);
    }

    @Test
    void aWayOfCallingIsKeptApartFromOthersByEachParameter() {
        RequestFingerprint plain = request(1, Map.of());
        RequestFingerprint warmer =
                RequestFingerprint.newBuilder(plain).setTemperature(0.31).build();
        RequestFingerprint roomier =
                RequestFingerprint.newBuilder(plain).setMaxTokens(77).build();
        RequestFingerprint otherModel =
                RequestFingerprint.newBuilder(plain).setModel("m2").build();

        assertThat(RequestParameters.hash(plain))
                .isNotEqualTo(RequestParameters.hash(warmer))
                .isNotEqualTo(RequestParameters.hash(roomier))
                .isEqualTo(RequestParameters.hash(otherModel));
    }

    @Property(tries = 50)
    void whatIsWrittenIsReadAndNoAccountHasMoreThanItsShareOfKeys(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 60) int requests) {
        LinkTally any = new LinkTally();
        for (int at = 0; at < requests; at++) {
            any.add(AnyFingerprint.of(seed + at));
        }
        StateWriter out = new StateWriter();
        any.write(out);
        StateReader in = new StateReader(out.toByteArray());

        assertThat(LinkTally.read(in).keys(requests)).isEqualTo(any.keys(requests));
        assertThat(in.atEnd()).isTrue();
        assertThat(any.keys(0)).hasSizeLessThanOrEqualTo(5 * 4 + 3 * 8);
    }

    private static RequestFingerprint request(long seed, Map<String, String> links) {
        return RequestFingerprint.newBuilder(AnyFingerprint.of(seed))
                .setLinks(links)
                .setCharacters(20)
                .setTemperature(0.7)
                .build();
    }
}
