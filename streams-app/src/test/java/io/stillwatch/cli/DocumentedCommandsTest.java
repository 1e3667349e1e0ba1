package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation tells people to type is understood by the program, and what it points at is there. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMAND =
            Pattern.compile("^\\s*(?:\\$ )?(?:[A-Z_]+=\\S* )*(?:streams-app/bin/)?stillwatch (.*)$");
    private static final Pattern PAGE = Pattern.compile("`((?:docs/)?[\\w./-]+\\.(?:md|avsc|yaml|svg))`");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String page : List.of("README.md", "CONTRIBUTING.md", "docker/README.md", "schemas/README.md")) {
            pages.add(ROOT.resolve(page));
        }
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    /** Lines of shell blocks that call the program, with the page they are on. */
    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path page : pages()) {
            boolean shell = false;
            StringBuilder begun = new StringBuilder();
            for (String line : Files.readAllLines(page)) {
                if (line.strip().startsWith("```")) {
                    shell = !shell && line.strip().matches("```(?:sh|bash|console)?");
                    continue;
                }
                if (!shell) {
                    continue;
                }
                begun.append(line);
                if (line.endsWith("\\")) {
                    begun.setLength(begun.length() - 1);
                    continue;
                }
                Matcher command = COMMAND.matcher(begun);
                if (command.matches()) {
                    commands.add(ROOT.relativize(page) + ": " + command.group(1));
                }
                begun.setLength(0);
            }
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theProgramUnderstandsWhatADocumentSaysToType(String documented) {
        assertThat(Commands.problem(documented.substring(documented.indexOf(": ") + 2)))
                .as(documented)
                .isEmpty();
    }

    @Test
    void theDocumentsTellOfMoreThanAFewCommands() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(40);
    }

    /** Other clients than Java's put a key's records elsewhere unless told otherwise, and most of them are sent again. */
    @Test
    void whoeverSendsRequestsByKcatIsToldThePartitioner() throws IOException {
        int senders = 0;
        for (Path page : pages()) {
            for (String line : Files.readAllLines(page)) {
                if (line.contains("kcat -P") && line.contains(".requests")) {
                    senders++;
                    assertThat(line).as("%s", page).contains("-X topic.partitioner=murmur2_random");
                }
            }
        }
        assertThat(senders).isPositive();
    }

    @Test
    void whatADocumentPointsAtIsThere() throws IOException {
        for (Path page : pages()) {
            Matcher named = PAGE.matcher(Files.readString(page));
            while (named.find()) {
                String name = named.group(1);
                if (name.startsWith("docs/") || name.startsWith("schemas/") || name.startsWith("docker/")) {
                    assertThat(ROOT.resolve(name)).as("%s names it", page).exists();
                }
            }
        }
    }
}
