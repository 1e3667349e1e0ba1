package io.stillwatch.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void wideCharactersAndCombiningMarksAreCountedAsTerminalsDrawThem() {
        assertThat(Columns.of("a世e\u0301")).isEqualTo(4);
        assertThat(Columns.fit("世界世界", 5)).isEqualTo("世界…");
        assertThat(Columns.fit("abc", 3)).isEqualTo("abc");
    }

    @Test
    void aLongWordIsBrokenWhereItsPartsMeet() {
        assertThat(Columns.wrap("templated-augmentation", 20)).containsExactly("templated-", "augmentation");
        assertThat(Columns.wrap("contains_number_share", 20)).containsExactly("contains_number_", "share");
        assertThat(Columns.wrap("0123456789abcdef", 10)).containsExactly("0123456789", "abcdef");
    }
}
