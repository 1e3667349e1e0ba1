package io.stillwatch.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.ingest.InputFormat;
import io.stillwatch.runtime.UserException;
import io.stillwatch.topology.intake.SourceTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class IntakeOptionsTest {
    @TempDir
    private Path folder;

    private static IntakeOptions parse(String... arguments) {
        IntakeOptions options = new IntakeOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }

    private SavedMappings saved() {
        return new SavedMappings(folder);
    }

    @Test
    void nothingIsTakenInUnlessItIsAskedFor() {
        assertThat(parse().address()).isEmpty();
        assertThat(parse().sources(saved())).isEmpty();
    }

    @Test
    void aPortAloneIsOnTheLoopbackInterface() {
        assertThat(parse("--intake-port", "4318")
                        .address()
                        .orElseThrow()
                        .getAddress()
                        .isLoopbackAddress())
                .isTrue();
    }

    @Test
    void anotherHostNeedsAToken() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");

        assertThatThrownBy(() -> parse("--intake-port", "0.0.0.0:4318").address())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("give --intake-token-file");
        IntakeOptions options = parse("--intake-port", "0.0.0.0:4318", "--intake-token-file", token.toString());
        assertThat(options.address()).isPresent();
        assertThat(options.token()).isPresent();
        assertThatThrownBy(() -> parse(
                                "--intake-token-file", folder.resolve("none").toString())
                        .token())
                .hasMessageContaining("cannot be read");
        Files.writeString(token, "short");
        assertThatThrownBy(() -> parse("--intake-token-file", token.toString()).token())
                .hasMessageContaining("has no token");
    }

    @Test
    void sourcesAreTopicsWithOrWithoutAFormatAlsoInOneText() {
        assertThat(parse("--source", "otlp_spans,kong-log=kong", "--source", "x")
                        .sources(saved()))
                .extracting(SourceTopic::name)
                .containsExactly("otlp_spans", "kong-log", "x");
        assertThat(parse("--source", "kong-log=kong")
                        .sources(saved())
                        .get(0)
                        .options()
                        .format())
                .contains(InputFormat.KONG);
        assertThatThrownBy(() -> parse("--source", "a=nothing").sources(saved()))
                .hasMessageContaining("There is no format 'nothing'");
        assertThatThrownBy(() -> parse("--source", "a b").sources(saved())).hasMessageContaining("TOPIC=FORMAT");
        assertThatThrownBy(() -> parse("--source", "a", "--source", "a=kong").sources(saved()))
                .hasMessageContaining("twice");
    }
}
