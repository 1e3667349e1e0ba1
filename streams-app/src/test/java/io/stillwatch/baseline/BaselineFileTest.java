package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Bar;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.profile.feature.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineFileTest {
    private final Prompts prompts = new Prompts(3);

    @TempDir
    private Path directory;

    private static Baseline learn(History history, int version) {
        AccountDays days = new AccountDays();
        for (String account : history.accounts()) {
            for (long day : history.days(account)) {
                days.add(new AccountDays.Day(
                        Subject.alone(history.day(account, day).whole())));
            }
        }
        return new Calibration(history, account -> true).learn("test", version).with(days);
    }

    @Test
    void whatIsLearnedIsReadBackAsItWasWritten() {
        History history = prompts.history(40, 3, 120);
        Baseline learned = learn(history, 7);
        String text = BaselineFile.text(learned);

        Baseline read = BaselineFile.parse("a.json", text);

        assertThat(BaselineFile.text(read)).isEqualTo(text);
        assertThat(read.name()).isEqualTo("test 7");
        assertThat(read.accountDays()).isEqualTo(120);
        assertThat(read.general()).isNotEmpty();
    }

    @Test
    void barsAreReadBackAndNoneMayLoosenASignature() {
        Bars bars = new Bars(
                Optional.of(ErrorBudget.DEFAULT),
                new TreeMap<>(Map.of(
                        "a-signature",
                        new Bars.OfSignature(
                                3, Bar.Measure.SCORE, 0.25, Map.of(Cohort.all().get(1), 0.5)))));
        String text = BaselineFile.text(learn(prompts.history(40, 3, 120), 1).with(bars));

        assertThat(BaselineFile.parse("a.json", text).bars()).isEqualTo(bars);
        assertThatThrownBy(() -> BaselineFile.parse("a.json", text.replace("0.25", "-0.25")))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("no baseline may loosen a signature");
    }

    @Test
    void aMedianValueStandsInTheMiddleOfItsCohort() {
        History history = prompts.history(40, 3, 120);
        Baseline learned = learn(history, 1);
        Profile profile = history.day("account-1", 20_000).whole();

        double middle = IntStream.range(0, 40)
                .mapToObj(account -> history.day("account-" + account, 20_001).whole())
                .mapToDouble(day -> Features.named("similarity").orElseThrow().of(Subject.alone(day)))
                .sorted()
                .skip(20)
                .findFirst()
                .orElseThrow();

        assertThat(learned.quantile(profile, Features.named("similarity").orElseThrow(), middle))
                .isBetween(0.35, 0.65);
        assertThat(learned.quantile(profile, Features.named("similarity").orElseThrow(), 2))
                .isEqualTo(1);
    }

    @Test
    void quantilesAreExactAtTheTail() {
        double[] sample = IntStream.range(0, 10_000).mapToDouble(at -> at).toArray();

        QuantileTable table = QuantileTable.of(sample);

        for (double share : new double[] {0.001, 0.5, 0.995, 0.999}) {
            assertThat(table.shareAtMost(share * 10_000)).isEqualTo(share, within(2e-4));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not JSON | this is no JSON (line 1)",
                "{} | this is no stillwatch-baseline; name a file that stillwatch wrote",
                "{\"format\":\"stillwatch-baseline/9\"} | the format is stillwatch-baseline/9 and this release reads stillwatch-baseline/1",
                "{\"format\":\"stillwatch-baseline/1\",\"fingerprints\":1} | made of fingerprints of version 1",
                "{\"format\":\"stillwatch-baseline/1\",\"fingerprints\":3} | the field prompts is missing"
            })
    void aFileThatIsNoBaselineIsExplained(String text, String sentence) throws IOException {
        Path file = Files.writeString(directory.resolve("b.json"), text);

        assertThatThrownBy(() -> BaselineFile.read(file))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("b.json: ")
                .hasMessageContaining(sentence);
    }

    @Test
    void aDictionaryIsReadBackAsItWasWritten() {
        Dictionary dictionary = Dictionary.of(List.of(
                new Atom(Atom.Kind.KIT, "k", "where from", prompts.mean(80, prompts.topic())),
                new Atom(Atom.Kind.ENROLLED, "a", "contract", prompts.mean(80, prompts.topic()))));
        Path file = directory.resolve("d.json");
        DictionaryFile.write(file, dictionary);

        Dictionary read = DictionaryFile.read(file);

        assertThat(DictionaryFile.text(read)).isEqualTo(DictionaryFile.text(dictionary));
        assertThat(read.without(Atom.Kind.ENROLLED, "a").atoms()).hasSize(1);
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
    }

    @Test
    void tooLittleHistoryIsRefused() {
        assertThatThrownBy(() -> new Calibration(prompts.history(1, 1, 10), account -> true).learn("test", 1))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("0 accounts with 50 prompts or more");
    }

    @Test
    void theReleaseShipsABaselineAndKits() {
        assertThat(Reference.bundled().name()).isEqualTo("simulated 1");
        assertThat(DictionaryFile.bundled().atoms(Atom.Kind.KIT)).hasSizeGreaterThan(10);
    }
}
