package io.stillwatch.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.runtime.UserException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryOptionsTest {
    @ParameterizedTest
    @CsvSource({"256m,268435456", "1g,1073741824", "1GiB,1073741824", "16384k,16777216", "8388608,8388608"})
    void aSizeIsANumberWithItsUnit(String size, long bytes) {
        assertThat(MemoryOptions.bytes("--cache-memory", size)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "-1m", "1.5g", "7m", "0", "999999999999999g"})
    void anythingElseIsNamedInOneSentence(String size) {
        assertThatThrownBy(() -> MemoryOptions.bytes("--rocksdb-memory", size))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("--rocksdb-memory ");
    }
}
