package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.profile.codec.StateWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateFormatTest {
    @Test
    void aNewStoreGetsTheNumberAndIsReadWithItFromThenOn() {
        Optional<byte[]> number = StateFormat.check(Optional.empty(), true);

        assertThat(number).isPresent();
        assertThat(StateFormat.check(number, false)).isEmpty();
    }

    @Test
    void aStoreOfAnotherNumberIsRefusedAndThePersonIsToldTheWayOutAndItsCost() {
        StateWriter other = new StateWriter();
        other.writeUnsigned(StateFormat.NUMBER + 1);

        assertThatThrownBy(() -> StateFormat.check(Optional.of(other.toByteArray()), false))
                .isInstanceOf(StateFormat.OtherFormatException.class)
                .hasMessageContaining("format " + (StateFormat.NUMBER + 1))
                .hasMessageContaining("stillwatch reset --rebuild-from fingerprints")
                .hasMessageContaining("what is older than those topics is forgotten");
    }

    @Test
    void aStoreFromBeforeFormatsHadNumbersIsRefused() {
        assertThatThrownBy(() -> StateFormat.check(Optional.empty(), false)).hasMessageContaining("stillwatch reset");
    }
}
