package io.stillwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\tx",
                "\rx",
                "\nx",
                "|calc",
                "%x",
                "＝1",
                "＋1",
                "－1",
                "＠x",
                "=HYPERLINK(\"http://x\",\"y\")",
                "=cmd|' /C calc'!A0"
            })
    void noSpreadsheetRunsACell(String formula) {
        String cell = CsvCell.of(formula);

        assertThat(cell.replace("\"", "")).startsWith("'");
        assertThat(CsvCell.of("'" + formula).replace("\"", "")).startsWith("''");
    }

    @Property
    void aCellGivesBackWhatWasWritten(@ForAll String text) {
        assertThat(CsvCell.plain(read(CsvCell.of(text)))).isEqualTo(text);
        for (String before : new String[] {"=", "'=", "''-", "'", "\t", "@"}) {
            assertThat(CsvCell.plain(read(CsvCell.of(before + text)))).isEqualTo(before + text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"acct-81", "a b", "'quoted'", "ä=b", "1-2", ""})
    void anIdThatIsNoFormulaStaysAsItIs(String id) {
        assertThat(CsvCell.of(id)).isEqualTo(id);
    }

    private static String read(String cell) {
        return cell.startsWith("\"") ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell;
    }
}
