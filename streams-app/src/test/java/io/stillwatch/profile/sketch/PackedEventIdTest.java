package io.stillwatch.profile.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedEventIdTest {
    @Property
    void everyIdComesBackLetterForLetter(@ForAll @StringLength(max = 512) String any) {
        String text = new String(
                any.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(stored(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0f8fad5b-d9cb-469f-a165-70867728950e, 17",
        "0F8FAD5B-D9CB-469F-A165-70867728950E, 38",
        "0f8fad5bd9cb469fa16570867728950e, 18",
        "0f8fad5bd9cb469fa1657086772895, 17",
        "abc, 4",
        "abcd, 3",
        "req-1, 6"
    })
    void idsThatAreHexadecimalTakeHalfTheBytes(String id, int bytes) {
        StateWriter out = new StateWriter();
        BitWriter bits = new BitWriter(out);
        PackedEventId.of(id).write(bits);
        bits.finish();

        assertThat(stored(id)).isEqualTo(id);
        assertThat(out.toByteArray()).hasSizeLessThanOrEqualTo(bytes + 1);
    }

    private static String stored(String id) {
        StateWriter out = new StateWriter();
        BitWriter bits = new BitWriter(out);
        PackedEventId.of(id).write(bits);
        bits.finish();
        assertThat(PackedEventId.of(id).text()).isEqualTo(id);
        return PackedEventId.read(new BitReader(new StateReader(out.toByteArray())))
                .text();
    }
}
