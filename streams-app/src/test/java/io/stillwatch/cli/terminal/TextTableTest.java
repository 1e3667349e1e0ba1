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

    private static TextTable alerts() {
        return new TextTable("id", "severity", "score", "verdict", "signatures")
                .row("al-c535171bf69b7231", "high", "1.00", "-", "low-and-slow-harvest, mixed-traffic-harvest")
                .row("al-9a21c30b390d6702", "medium", "0.96", "-", "capability-sweep");
    }

    @Test
    void aPipeGetsEveryColumnOnOneLineARow() {
        assertThat(alerts().lines())
                .extracting(line -> line.render(false))
                .hasSize(3)
                .first()
                .asString()
                .contains("verdict");
    }

    @Test
    void forAPersonEmptyColumnsGoAndTextsBreakAtWordsWithinTheWidth() {
        assertThat(alerts().lines(70))
                .extracting(line -> line.render(false))
                .containsExactly(
                        "id                   severity  score  signatures",
                        "al-c535171bf69b7231  high       1.00  low-and-slow-harvest,",
                        "                                      mixed-traffic-harvest",
                        "al-9a21c30b390d6702  medium     0.96  capability-sweep");
    }

    @Test
    void aColumnThatIsNotBrokenTakesThePlaceOfAnOptionalOne() {
        TextTable table =
                new TextTable("evidence", "usual", "rank").whole("usual").optional("rank");
        table.row("contains_number_share", "8.7 % to 100 %", "≥ 73.7 %");

        assertThat(table.lines(50))
                .extracting(line -> line.render(false))
                .contains("contains_number_share  8.7 % to 100 %  ≥ 73.7 %");
        assertThat(table.lines(40))
                .extracting(line -> line.render(false))
                .containsExactly("evidence               usual", "contains_number_share  8.7 % to 100 %");
    }

    @Test
    void whereColumnsDoNotFitARowIsAParagraph() {
        assertThat(alerts().lines(40))
                .extracting(line -> line.render(false))
                .startsWith("id          al-c535171bf69b7231", "severity    high", "score       1.00")
                .contains("")
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
    }

    @Test
    void whereManyColumnsDoNotFitARowIsRunningTextThatKeepsNamesWithTheirCells() {
        TextTable table = new TextTable(
                        "kind", "groups", "accounts", "of", "each", "spread", "same", "F", "stock", "margin")
                .row("business-chat", "3", "10", "6", "20.6", "0.45", "-", "1.30", "0.9", "-0.494");

        assertThat(table.lines(40))
                .extracting(line -> line.render(false))
                .containsExactly(
                        "business-chat",
                        "  groups 3  accounts 10  of 6  each 20.6",
                        "  spread 0.45  F 1.30  stock 0.9",
                        "  margin -0.494");
    }

    @Test
    void aSeverityHasItsColourAndNothingElse() {
        assertThat(alerts().lines(200).get(1).render(true))
                .contains("\u001b[31mhigh\u001b[0m")
                .endsWith("mixed-traffic-harvest");
        assertThat(alerts().lines(200).get(1).render(false)).doesNotContain("\u001b");
    }
}
