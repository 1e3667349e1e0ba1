package io.stillwatch.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stillwatch.simulate.actor.Label;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthReaderTest {
    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        List<TruthRow> rows = List.of(
                new TruthRow("a,\"1\"", Label.HOSTILE, "mixed", "x", "north", 0.25, 1_700_000_000_000L, 40, 10),
                new TruthRow("b", Label.HONEST, "chat", "", "", 0, 5, 1, 0));
        StringBuilder file = new StringBuilder();
        TruthCsv.write(rows, file);

        assertThat(TruthReader.read("t.csv", file.toString().lines().toList())).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a,evil,k,,,1,0,1,1      | the label must be honest or hostile
            a,hostile,k,,,1,0,1     | there are 8 columns instead of 9
            a,hostile,k,,,2,0,1,1   | the fraction must be from 0 to 1
            a,hostile,k,,,1,x,1,1   | must be numbers
            """)
    void aLineThatIsNoTruthIsNamed(String line, String message) {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> TruthReader.read("t.csv", List.of(TruthCsv.HEADER, line)))
                .withMessageStartingWith("t.csv:2: ")
                .withMessageContaining(message);
    }

    @Test
    void anotherHeaderAnAccountTwiceAndAMissingFileAreRefused() {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> TruthReader.read("t.csv", List.of("account")))
                .withMessageContaining("the header must be");
        String line = "a,honest,k,,,0,0,1,0";
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> TruthReader.read("t.csv", List.of(TruthCsv.HEADER, line, line)))
                .withMessageContaining("t.csv:3: the account \"a\" has a line already");
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> TruthReader.read(Path.of("does-not-exist.csv")))
                .withMessageContaining("cannot be read");
    }
}
