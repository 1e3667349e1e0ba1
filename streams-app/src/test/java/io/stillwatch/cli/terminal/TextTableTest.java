package io.stillwatch.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAlignWhateverIsInThem() {
        TextTable table = new TextTable("account", "requests", "why")
                .row("世界", "1,204", "")
                .row("a\nb", "7", "new");

        assertThat(table.lines())
                .extracting(line -> line.render(false))
                .containsExactly("account   requests  why", "世界         1,204", "a\\u000ab         7  new");
    }
}
