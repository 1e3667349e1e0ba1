package io.stillwatch.cli.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.Bars;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.Dictionary;
import io.stillwatch.baseline.DictionaryFile;
import io.stillwatch.cli.Main;
import io.stillwatch.cli.Streams;
import io.stillwatch.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code calibrate}, {@code enroll} and {@code kits} on simulated logs. */
@Tag("slow")
class CalibrationCommandsTest {
    private static final String PLAN = """
            name: poisoned
            seed: 5
            days: 16
            groups:
              - {persona: chat-user, accounts: 40, requests: [60, 300]}
              - {persona: support-bot, accounts: 3, requests: [900, 1200]}
              - {behaviour: logprob-harvest, accounts: 2, requests: [2000, 2400], days: 3}
            """;

    @TempDir
    private static Path shared;

    private static Path logs;
    private static List<String> honestBots;
    private static List<String> hostile;

    private final Streams streams = new Streams();

    @TempDir
    private Path directory;

    @BeforeAll
    static void simulate() throws IOException {
        Path plan = Files.writeString(shared.resolve("plan.yaml"), PLAN);
        logs = shared.resolve("logs.jsonl.gz");
        Streams ignored = new Streams();
        Main.run(
                Map.of(),
                Terminal.NONE,
                ignored.out(),
                ignored.err(),
                "simulate",
                plan.toString(),
                "--output",
                logs.toString());
        honestBots = new ArrayList<>();
        hostile = new ArrayList<>();
        for (String row : Files.readAllLines(shared.resolve("logs.truth.csv"))) {
            String[] cells = row.split(",", -1);
            if (cells[2].equals("support-bot")) {
                honestBots.add(cells[0]);
            } else if (cells[1].equals("hostile")) {
                hostile.add(cells[0]);
            }
        }
    }

    private int run(String... arguments) {
        return Main.run(Map.of(), Terminal.NONE, streams.out(), streams.err(), arguments);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void calibrateNamesTheAttackersInAPoisonedHistoryAndLeavesThemOut() {
        assertThat(run("calibrate", logs.toString(), "--contamination-percent", "5", "--output", file("b.json")))
                .as(streams.complained())
                .isZero();

        assertThat(streams.complained()).contains("look like harvesters").contains(hostile);
        assertThat(streams.printed())
                .contains("Error budget: of 10", "logprob-harvest", "Nearest to the line")
                .doesNotContain(hostile);
        assertThat(BaselineFile.read(directory.resolve("b.json"))).satisfies(baseline -> {
            assertThat(baseline.accounts()).isLessThanOrEqualTo(43);
            assertThat(baseline.bars().budget()).isPresent();
        });
    }

    @Test
    void aBudgetThatWouldBlindASignatureIsRefusedAndNothingIsWritten() {
        assertThat(run(
                        "calibrate",
                        logs.toString(),
                        "--keep-suspects",
                        "--contamination-percent",
                        "0",
                        "--above-low-percent",
                        "0",
                        "--output",
                        file("b.json")))
                .isPositive();

        assertThat(streams.complained())
                .contains("The baseline was not written: the error budget would blind ")
                .contains("--allow-blind");
        assertThat(directory.resolve("b.json")).doesNotExist();
    }

    @Test
    void aBaselineLearnedAnewCountsItsVersionUp() {
        run("calibrate", logs.toString(), "--keep-suspects", "--no-budget", "--output", file("b.json"));
        run(
                "calibrate",
                logs.toString(),
                "--keep-suspects",
                "--no-budget",
                "--exclude",
                hostile.get(0),
                "--output",
                file("b.json"));

        assertThat(streams.printed()).contains("reasoning-trace-elicitation").contains(" %");
        assertThat(BaselineFile.read(directory.resolve("b.json"))).satisfies(baseline -> {
            assertThat(baseline.name()).isEqualTo("b 2");
            assertThat(baseline.accounts()).isEqualTo(44);
            assertThat(baseline.bars()).isEqualTo(Bars.NONE);
        });
    }

    @Test
    void enrollingByHistoryTakesOldCleanAccountsAndRevokingTakesThemOut() {
        assertThat(run("enroll", "--auto", "--history", logs.toString(), "--dictionary", file("d.json")))
                .isZero();
        Dictionary enrolled = DictionaryFile.read(directory.resolve("d.json"));

        assertThat(enrolled.atoms(Atom.Kind.ENROLLED))
                .extracting(Atom::name)
                .containsAnyElementsOf(honestBots)
                .doesNotContainAnyElementsOf(hostile);
        assertThat(enrolled.atoms(Atom.Kind.ENROLLED))
                .allSatisfy(atom -> assertThat(atom.terms().orElseThrow().requestsADay())
                        .isPositive()
                        .isLessThan(atom.mean().prompts()));
        String account = enrolled.atoms(Atom.Kind.ENROLLED).get(0).name();
        assertThat(run("enroll", "--revoke", account, "--dictionary", file("d.json")))
                .isZero();
        assertThat(DictionaryFile.read(directory.resolve("d.json")).contains(Atom.Kind.ENROLLED, account))
                .isFalse();
    }

    @Test
    void aKitIsLearnedFromACaseAndShared() {
        run(
                "kits",
                "add",
                "case-1",
                logs.toString(),
                "--account",
                hostile.get(0),
                "--source",
                "case 1",
                "--dictionary",
                file("d.json"));
        run("kits", "export", "case-1", "--dictionary", file("d.json"), "--output", file("shared.json"));
        run("kits", "remove", "case-1", "--dictionary", file("d.json"));
        run("kits", "import", file("shared.json"), "--dictionary", file("d.json"));
        run("kits", "list", "--dictionary", file("d.json"));

        assertThat(streams.printed()).contains("case-1", "case 1");
        assertThat(DictionaryFile.read(directory.resolve("shared.json")).atoms())
                .singleElement()
                .satisfies(atom -> assertThat(atom.mean().prompts()).isGreaterThan(500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calibrate --output b.json | Name log files, or a plan with --simulate",
                "calibrate /does/not/exist --output b.json | /does/not/exist",
                "calibrate LOGS --low-percent 101 --output B | --low-percent must be a number from 0 to 100",
                "calibrate LOGS --honest nobody --output B | The account nobody is not in the logs given",
                "enroll nobody --history LOGS --dictionary D | The account nobody is not in the logs given",
                "enroll --dictionary D | Name the accounts to enroll",
                "kits add none --simulate --dictionary D | The simulator has no kit none",
                "kits remove none --dictionary D | There is no kit named none",
                "kits export --dictionary D --output E | There is no file"
            })
    void whatCannotBeDoneIsExplainedInOneSentence(String commandLine, String sentence) {
        String[] arguments = commandLine
                .replace("LOGS", logs.toString())
                .replaceAll("\\bB\\b", file("b.json"))
                .replaceAll("\\bD\\b", file("none.json"))
                .replaceAll("\\bE\\b", file("e.json"))
                .split(" ");

        assertThat(run(arguments)).isPositive();

        assertThat(streams.complained())
                .contains("stillwatch: ")
                .contains(sentence)
                .doesNotContain("\tat ");
    }
}
