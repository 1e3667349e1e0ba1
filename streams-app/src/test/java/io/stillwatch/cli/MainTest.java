package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.Verbosity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final Streams streams = new Streams();

    @TempDir
    private Path directory;

    @AfterEach
    void logAsBefore() {
        Configurator.reconfigure();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            toppics                            | Did you mean topics
            doctor --prefx a.                  | Did you mean --prefix?
            doctor --prefix                    | Missing required parameter for option '--prefix' (PREFIX).
            simulate --output --verbose        | Expected parameter for option '--output' but found '--verbose'
            replay --account --format=otel x   | Expected parameter for option '--account' but found '--format=otel'
            doctor --prefix a/b                | 'a/b' is no topic prefix.
            topics create --partitions many    | 'many' is not an int.
            topics create --partitions 0       | --partitions is a number from 1 upwards, not 0.
            doctor -X nothing                  | should be in KEY=VALUE format
            replay none.jsonl --nosuch         | Unknown option: '--nosuch'
            evaluate none.jsonl --nosuch       | Unknown option: '--nosuch'
            topics delete                      | Say whose topics: give --prefix
            run --port 0                       | --port is a number from 1 to 65535, not 0.
            run --partitions 0                 | --partitions is a number from 1 upwards, not 0.
            alerts list --bootstrap-servers 127.0.0.1:1 --registry notaurl | --registry is an address such as http://registry:8080, not 'notaurl'
            signatures new Wrong_Name          | An id is lower-case words joined by hyphens
            doctor --config /does/not/exist    | The configuration file /does/not/exist cannot be read
            topics describe --bootstrap-servers nowhere.invalid:1 | 'nowhere.invalid:1' is no address
            topics describe --bootstrap-servers 127.0.0.1:1 -X acks=x --config | Missing required parameter
            """)
    void wrongUsageIsOneSentenceOnStandardErrorAndExitStatusTwo(String commandLine, String sentence) {
        assertThat(run(commandLine.split(" "))).isEqualTo(ExitStatus.USAGE.code());

        assertThat(streams.printed()).isEmpty();
        assertThat(streams.complained())
                .startsWith("stillwatch: ")
                .contains(sentence)
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--verbose", "-h", "-X", "--", "list", "replay", "--nosuch", "-"})
    void anIdThatLooksLikeAnOptionIsAValueBehindAnEqualsSign(String id) {
        for (String command : List.of("decisions lift --by me --reason r", "allowlist add --expires P9D --reason r")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.addAll(List.of("--account=" + id, "--prefix", "a/b"));

            assertThat(run(words.toArray(String[]::new))).isEqualTo(ExitStatus.USAGE.code());
            assertThat(streams.complained()).contains("'a/b' is no topic prefix.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--history 1.jsonl 2.jsonl --prefix a. --reason r",
                "--history 1.jsonl 2.jsonl --prefix=a. --reason=r",
                "--history 1.jsonl 2.jsonl --prefix=a. --reason=-r",
                "--history 1.jsonl 2.jsonl --prefix a. --reason=--help",
                "--reason=-r --prefix=a. --history 1.jsonl 2.jsonl",
                "--reason=-r --try-on 3.jsonl 4.jsonl --prefix=a. --history 1.jsonl 2.jsonl",
                "--reason=--history --history 1.jsonl --prefix a."
            })
    void anOptionOfSeveralValuesEndsWhereTheNextBegins(String options) {
        String line = "enrolments add acct-1 --subject s --requests-a-day 5 --expires P9D --by me " + options;

        assertThat(run(line.split(" ", -1)))
                .as("wrong usage where what follows was taken for files")
                .isEqualTo(ExitStatus.FAILURE.code());
        assertThat(streams.complained()).endsWith("stillwatch: There is no file 1.jsonl.\n");
    }

    @Test
    void anOptionOfSeveralValuesWithoutAnySaysSo() {
        assertThat(run("enroll", "--dictionary=-d", "--history", "--auto")).isEqualTo(ExitStatus.USAGE.code());
        assertThat(streams.complained()).contains("'--history'").hasLineCount(1);
    }

    @Test
    void helpBreaksParagraphsAtTheWidthAndLeavesExamplesWhole() {
        for (int columns : new int[] {60, 80, 120}) {
            Terminal narrow = new Terminal(true, true, true, columns);
            Main.run(Map.of(), narrow, streams.out(), streams.err(), "--help");
            String help = streams.printed();

            assertThat(help).contains("topics create --bootstrap-servers kafka:9092 --config kafka.properties\n");
            assertThat(help.lines().filter(line -> !line.startsWith("  stillwatch")))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
            assertThat(help.lines().map(String::strip).filter(line -> line.matches("\\w{1,3}")))
                    .as("words left alone on a line")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 110})
    void noHelpIsWiderThanTheTerminalButForExamples(int columns) {
        Terminal terminal = new Terminal(true, true, true, columns);
        CommandLine root = CommandLines.create(Map.of(), output(), terminal, streams.out(), streams.err());

        assertFits(root, columns);
        assertThat(root.getSubcommands().get("replay").getUsageMessage(CommandLine.Help.Ansi.OFF))
                .as("what is to be typed is not broken")
                .contains("account_id=$.user.id;", "security.protocol=SASL_SSL.", "  -X=KEY=VALUE");
    }

    private static void assertFits(CommandLine command, int columns) {
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(help.lines().takeWhile(line -> !line.matches("Examples?:")))
                .as(command.getCommandSpec().qualifiedName())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(columns));
        command.getSubcommands().values().forEach(below -> assertFits(below, columns));
    }

    @Test
    void whatWasTypedIsPrintedHarmlessly() {
        run("\u001b[2J");

        assertThat(streams.complained()).contains("\\u001b[2J").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "topics"})
    void withoutACommandTheCommandsAreListedOnStandardError(String commandLine) {
        assertThat(run(commandLine.isEmpty() ? new String[0] : new String[] {commandLine}))
                .isEqualTo(ExitStatus.USAGE.code());

        assertThat(streams.printed()).isEmpty();
        assertThat(streams.complained()).contains("Usage: stillwatch");
    }

    @Test
    void everyCommandExplainsItselfWithAnExample() {
        CommandLine root = CommandLines.create(Map.of(), output(), Terminal.NONE, streams.out(), streams.err());
        assertThat(root.getSubcommands()).containsKeys("topics", "doctor", "version", "completion");
        assertExplained(root);
    }

    private static void assertExplained(CommandLine command) {
        assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
                .contains("--help", "Example", "stillwatch ")
                .doesNotContain("\u001b");
        command.getSubcommands().values().forEach(MainTest::assertExplained);
    }

    @Test
    void aMissingFileOfEventsIsNamedAndNotItsTruth() {
        assertThat(run("evaluate", "none.jsonl")).isEqualTo(ExitStatus.FAILURE.code());

        assertThat(streams.complained()).isEqualTo("stillwatch: There is no file none.jsonl.\n");
    }

    @Test
    void aSignatureToBeginFromPassesItsTestsAndIsNeverWrittenOver() {
        String file = directory.resolve("mine.yaml").toString();
        assertThat(run("signatures", "new", "my-harvest", "--file", file)).isZero();
        assertThat(run("signatures", "test", file)).as(streams.complained()).isZero();
        assertThat(run("signatures", "new", "my-harvest", "--file", file)).isEqualTo(ExitStatus.FAILURE.code());

        String copy = directory.resolve("copy.yaml").toString();
        assertThat(run("signatures", "new", "ours", "--like", "logprob-harvest", "--file", copy))
                .isZero();
        assertThat(run("signatures", "test", copy)).as(streams.complained()).isZero();
    }

    @Test
    void aSignatureIsShownInWordsWithTheDirectionOfEveryThreshold() {
        assertThat(run("signatures", "show", "logprob")).isZero();

        assertThat(streams.printed())
                .contains(
                        "evidence of people behind it at most 2, where people who share a key reach 2 to 5 (people_evidence)")
                .contains("at least 50 % ask for log-probabilities (logprobs_share)")
                .contains("  any of:\n    at most 80 % chance")
                .contains("    all of:\n      at least 600 requests (requests)")
                .contains("Honest work that comes close\n  A calibrated classifier");

        assertThat(run("signatures", "show", "shar")).isEqualTo(ExitStatus.FAILURE.code());
        assertThat(streams.complained())
                .contains("'shar' may be sharded-harvest, sharded-harvest-aged; write more of it.");
    }

    @Test
    void theFileOfSettingsHasEveryOptionAndChangesNothingAsItIs() throws IOException {
        Path file = directory.resolve("stillwatch.properties");
        assertThat(run("config", file.toString())).isZero();
        String text = Files.readString(file);
        CommandLine root = CommandLines.create(Map.of(), output(), Terminal.NONE, streams.out(), streams.err());
        assertSettings(root, text);
        assertThat(text.lines().filter(line -> !line.isEmpty())).allMatch(line -> line.startsWith("#"));
        assertThat(text).contains("#stillwatch.partitions=4", "#stillwatch.quiet=false", "[run]");
        assertThat(run("config", file.toString())).as("written over").isEqualTo(ExitStatus.FAILURE.code());
        assertThat(run("doctor", "--config", file.toString(), "--data-dir", directory.resolve("d") + ""))
                .isZero();
    }

    private static void assertSettings(CommandLine command, String text) {
        command.getCommandSpec().options().stream()
                .map(option -> option.longestName())
                .filter(name -> name.startsWith("--")
                        && !java.util.Set.of("--config", "--help", "--version").contains(name))
                .forEach(name -> assertThat(text).contains("\n#stillwatch." + name.substring(2) + "="));
        command.getSubcommands().values().forEach(sub -> assertSettings(sub, text));
    }

    @Test
    void aReplayNeverWorksAmongThePipelinesRecordsBecauseASettingSaysWhereTheyAre() throws Exception {
        Path pipelines = directory.resolve("pipelines");
        Path file = Files.writeString(directory.resolve("d.properties"), "stillwatch.data-dir=" + pipelines + "\n");
        Path log = Files.writeString(
                directory.resolve("one.jsonl"),
                "{\"event_time\":\"2026-11-02T09:30:00Z\",\"account_id\":\"a\",\"prompt\":\"How do tides work?\"}\n");

        assertThat(run("replay", log.toString(), "--config", file.toString())).isZero();
        assertThat(pipelines).doesNotExist();
    }

    @Test
    void aSettingOfThePipelineAnswersForNoOptionThatOnlyHasItsName() throws Exception {
        Path file = Files.writeString(directory.resolve("a.properties"), "stillwatch.account=user.id\n");

        assertThat(run("allowlist", "add", "--reason", "x", "--config", file.toString()))
                .isEqualTo(ExitStatus.USAGE.code());
        assertThat(streams.complained()).contains("--account");
    }

    @Test
    void aSettingThatThereIsNotIsNamedWithWhatWasMeant() throws IOException {
        Path file = Files.writeString(directory.resolve("s.properties"), "stillwatch.prefx=a.\n");

        assertThat(run("doctor", "--config", file.toString())).isEqualTo(ExitStatus.USAGE.code());
        assertThat(streams.complained()).contains("stillwatch.prefx", "did you mean stillwatch.prefix?");
    }

    @Test
    void helpSaysWhatMustBeGivenAndKeepsKafkaApart() {
        assertThat(run("enroll", "--help")).isZero();
        assertThat(streams.printed())
                .contains("Usage: stillwatch enroll --dictionary FILE [OPTIONS] [ACCOUNT…]")
                .contains("For every command:")
                .doesNotContain("--bootstrap-servers");

        assertThat(run("decisions", "lift", "--help")).isZero();
        assertThat(streams.printed())
                .contains("--by NAME --reason TEXT", "(--all | --alert")
                .containsSubsequence(
                        "Options:",
                        "--by",
                        "Which Kafka, and where data is:",
                        "--bootstrap-servers",
                        "For every command:",
                        "--verbose");
    }

    @Test
    void aShellCompletesValues() {
        assertThat(run("completion")).isZero();

        assertThat(streams.printed()).contains("logprob-harvest", "false_positive", "critical", "litellm");
    }

    @Test
    void theVersionsAreTheOnesThatRun() {
        assertThat(run("version")).isZero();

        assertThat(streams.printedLines())
                .hasSize(3)
                .satisfiesExactly(
                        ours -> assertThat(ours).matches("stillwatch [0-9]+\\.[0-9]+\\.[0-9]+.*"),
                        kafka -> assertThat(kafka).isEqualTo("Kafka " + AppInfoParser.getVersion()),
                        java -> assertThat(java).startsWith("Java " + Runtime.version()));
    }

    @Test
    void theCompletionScriptKnowsCommandsAndOptions() {
        assertThat(run("completion")).isZero();

        assertThat(streams.printed()).startsWith("#!/").contains("describe", "--bootstrap-servers");
    }

    @Test
    void aClusterThatDoesNotAnswerIsAFailureThatSaysWhatToCheck() {
        assertThat(run(
                        "topics",
                        "describe",
                        "--bootstrap-servers",
                        "127.0.0.1:1",
                        "-X",
                        "default.api.timeout.ms=300",
                        "-X",
                        "request.timeout.ms=200"))
                .isEqualTo(ExitStatus.FAILURE.code());

        assertThat(streams.complained())
                .isEqualTo("stillwatch: No Kafka answers at 127.0.0.1:1; check the address, the network and"
                        + " security.protocol, or leave out --bootstrap-servers to use the embedded Kafka.\n");
    }

    @Test
    void onlyVerboseShowsAStackTrace() {
        String[] arguments = {
            "topics", "describe", "--bootstrap-servers", "127.0.0.1:1", "-X", "security.protocol=NONSENSE"
        };
        assertThat(run(arguments)).isEqualTo(ExitStatus.USAGE.code());
        assertThat(streams.complained())
                .startsWith("stillwatch: A Kafka client property is wrong: ")
                .hasLineCount(1);

        String[] verbose = Arrays.copyOf(arguments, arguments.length + 1);
        verbose[arguments.length] = "--verbose";
        run(verbose);
        assertThat(streams.complained()).contains("    at org.apache.kafka.");
    }

    @Test
    void aDoctorThatFindsSomethingBrokenFailsAndSaysWhatToDo() throws IOException {
        Files.writeString(directory.resolve("thesis.tex"), "");

        assertThat(run("doctor", "--data-dir", directory.toString())).isEqualTo(ExitStatus.FAILURE.code());

        assertThat(streams.printedLines())
                .contains("FAIL data       " + directory
                        + " is not empty and holds no Stillwatch data; give a new or empty directory as --data-dir.");
    }

    private int run(String... arguments) {
        return Main.run(
                Map.of("XDG_STATE_HOME", directory.toString()), Terminal.NONE, streams.out(), streams.err(), arguments);
    }

    private TerminalOutput output() {
        return new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL);
    }
}
