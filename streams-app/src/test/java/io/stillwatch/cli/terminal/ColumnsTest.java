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
}
