package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a clone of nothing but itself, with a Java and a Maven that only say how they were called. */
@Timeout(60)
class LauncherTest {
    private static final Path LAUNCHER = Path.of("bin", "stillwatch");
    private static final String BUILDING = "stillwatch: building (first use takes a few minutes) …\n";
    private static final String PREPARING = "stillwatch: preparing a quick start (once) …\n";
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private Path app;
    private Path tools;

    private record Run(int status, String printed, String complained) {}

    @BeforeEach
    void layOutAClone() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher is a POSIX shell script");
        Path clone = directory.resolve("a clone");
        app = clone.resolve("streams-app");
        tools = directory.resolve("tools");
        for (String folder : List.of("streams-app/bin", "streams-app/src/main/java", "schemas/src/main/avro")) {
            Files.createDirectories(clone.resolve(folder));
        }
        for (String file :
                List.of("pom.xml", "streams-app/pom.xml", "schemas/pom.xml", "streams-app/src/main/java/A.java")) {
            Files.writeString(clone.resolve(file), "");
        }
        Files.copy(LAUNCHER, app.resolve("bin/stillwatch"));
        Files.createDirectories(tools);
        java(17);
        tool(
                "mvn",
                "echo \"$@\" >>../maven.calls; mkdir -p streams-app/target; echo ok >streams-app/target/stillwatch.jar");
        ageSources();
    }

    @Test
    void theFirstUseBuildsAndSaysSoInOneLineAndTheSecondOnlyStarts() throws Exception {
        Run first = launch("demo", "--accounts", "3 4");
        Run second = launch("demo");

        assertThat(first.status()).isZero();
        assertThat(first.complained()).isEqualTo(BUILDING + PREPARING);
        assertThat(first.printed())
                .contains("[-jar] [" + app.resolve("target/stillwatch.jar").toRealPath() + "]")
                .endsWith("[demo] [--accounts] [3 4]\n");
        assertThat(second.complained()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aSourceThatIsNewerIsBuiltAgainAndSoIsOneThatWasDeleted() throws Exception {
        launch();
        Files.setLastModifiedTime(
                app.resolve("src/main/java/A.java"), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(launch().complained()).isEqualTo(BUILDING + PREPARING);

        ageSources();
        launch();
        Files.delete(app.resolve("src/main/java/A.java"));
        Files.setLastModifiedTime(
                app.resolve("src/main/java"), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(launch().complained()).isEqualTo(BUILDING + PREPARING);
    }

    @Test
    void aBuildThatFailsShowsTheEndOfItsOutputAndStartsNothing() throws Exception {
        tool("mvn", "i=0; while [ $i -lt 50 ]; do i=$((i+1)); echo line $i; done; exit 1");

        Run run = launch();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.printed()).isEmpty();
        assertThat(run.complained())
                .startsWith(BUILDING + "line 31\n")
                .contains("line 50\nstillwatch: the build failed; all of its output is in ")
                .endsWith("build.log\n");
        assertThat(app.resolve("target/stillwatch.building")).doesNotExist();
    }

    @Test
    void startedTwiceAtOnceItBuildsOnce() throws Exception {
        tool(
                "mvn",
                "echo x >>../maven.calls; sleep 1; mkdir -p streams-app/target;"
                        + " echo ok >streams-app/target/stillwatch.jar");

        Process first = start(app.resolve("bin/stillwatch"));
        Process second = start(app.resolve("bin/stillwatch"));

        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aBuildThatWasKilledDoesNotBlockTheNext() throws Exception {
        Path lock = Files.createDirectories(app.resolve("target/stillwatch.building"));
        Files.writeString(lock.resolve("pid"), "999999999\n");

        assertThat(launch().status()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void theVersionThatIsWrittenBesideAJavaSavesAskingIt() throws Exception {
        tool("java", "if [ \"$1\" = -version ]; then echo asked >>" + directory.resolve("asked") + "; fi");
        Path release = Files.writeString(tools.resolveSibling("release"), "JAVA_VERSION=\"21.0.4\"\n");

        assertThat(launch().status()).isZero();
        assertThat(directory.resolve("asked")).doesNotExist();
        assertThat(app.resolve("target/stillwatch-java21.jsa")).exists();

        Files.writeString(release, "JAVA_VERSION=\"1.8.0_402\"\n");
        assertThat(launch().complained()).contains("is Java 1; install Java 17 or newer");
    }

    @Test
    void anInstalledProgramIsStartedWithoutBuilding() throws Exception {
        Path installed = Files.createDirectories(directory.resolve("opt/stillwatch/bin"));
        Files.copy(LAUNCHER, installed.resolve("stillwatch"));
        Files.writeString(installed.resolveSibling("stillwatch.jar"), "");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("opt/stillwatch/bin/stillwatch"));

        Run run = finish(start(link, "version"));

        assertThat(run.status()).isZero();
        assertThat(run.complained()).isEqualTo(PREPARING);
        assertThat(finish(start(link, "version")).complained()).isEmpty();
        assertThat(run.printed()).contains("opt/stillwatch/stillwatch.jar] [version]");
    }

    @Test
    void anOldJavaIsRefusedInOneSentence() throws Exception {
        java(11);

        Run run = launch();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.complained())
                .contains("is Java 11; install Java 17 or newer, or point JAVA_HOME at one.")
                .hasLineCount(1);
    }

    @Test
    void optionsForTheJavaMachineComeFromTheEnvironment() throws Exception {
        launch();
        ProcessBuilder builder = builder(app.resolve("bin/stillwatch"));
        builder.environment().put("STILLWATCH_JAVA_OPTS", "-Xmx2g -XX:+UseZGC");

        assertThat(finish(builder.start()).printed())
                .contains("[-Xmx2g] [-XX:+UseZGC]")
                .doesNotContain("UseParallelGC");
    }

    @Test
    void classesAreSharedOnceForEachVersionOfJavaAndAgainAfterABuild() throws Exception {
        launch();
        assertThat(app.resolve("target/stillwatch-java17.jsa")).exists();
        assertThat(launch().printed())
                .contains("[-XX:SharedArchiveFile=" + app.toRealPath() + "/target/stillwatch-java17.jsa]");
        assertThat(launch("--help").printed())
                .contains("[-XX:SharedArchiveFile=" + app.toRealPath() + "/target/stillwatch-help-java17.jsa]");
        assertThat(app.resolve("target/stillwatch-help-java17.jsa")).exists();

        java(25);
        assertThat(launch().complained()).isEqualTo(PREPARING);
        assertThat(app.resolve("target/stillwatch-java25.jsa")).exists();

        Files.setLastModifiedTime(
                app.resolve("target/stillwatch.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(launch().complained()).isEqualTo(PREPARING);
    }

    @Test
    void aCommandThatOnlyLooksSomethingUpIsNotCompiledForLongRuns() throws Exception {
        assertThat(launch("alerts", "list").printed()).contains("[-XX:+UseSerialGC]", "[-XX:TieredStopAtLevel=1]");
        assertThat(launch("run", "--help").printed()).contains("[-XX:+UseSerialGC]", "[-XX:TieredStopAtLevel=1]");
        assertThat(launch("--config", "mine", "run").printed())
                .contains("[-XX:+UseParallelGC]")
                .doesNotContain("TieredStopAtLevel");
    }

    @Test
    void aShortLogIsReplayedWithoutTheCompilerForLongRuns() throws Exception {
        String shortLog = file("a short log.jsonl", 3);

        assertThat(List.of(
                        launch("replay", shortLog).printed(),
                        launch("replay", file("-dash.jsonl", 3)).printed(),
                        launch("replay", file("empty.jsonl", 0)).printed(),
                        launch("replay", shortLog, "--output", file("there-already.jsonl", 100))
                                .printed(),
                        launch("sources", "test", shortLog).printed()))
                .allSatisfy(line -> assertThat(line)
                        .contains("[-XX:+UseSerialGC]", "[-XX:TieredStopAtLevel=1]")
                        .doesNotContain("ArchiveRelocationMode"));
    }

    @Test
    void whatIsNotSurelyAShortLogIsReplayedAtFullPace() throws Exception {
        String shortLog = file("short.jsonl", 3);

        assertThat(List.of(
                        launch("replay", file("long.jsonl", 20_000_001)).printed(),
                        launch("replay", file("packed.jsonl.gz", 2_000_000)).printed(),
                        launch("replay", shortLog, directory.toString()).printed(),
                        launch("replay", "-", "--output", shortLog).printed(),
                        launch("replay", "logs/*.jsonl", "--output", shortLog).printed(),
                        launch("replay", "missing.jsonl", "--output", shortLog).printed(),
                        launch("replay", "--sql", "SELECT 1", shortLog).printed(),
                        launch("evaluate", "--simulate", "evaluation", "--floors", shortLog)
                                .printed(),
                        launch("evaluate", shortLog).printed()))
                .allSatisfy(line -> assertThat(line).contains("UseParallelGC").doesNotContain("TieredStopAtLevel"));
    }

    private String file(String name, int bytes) throws IOException {
        return Files.write(directory.resolve(name), new byte[bytes]).toString();
    }

    @Test
    void classDataKeepsAnAddressDrawnByLotWhereAProgramListensWatchesOrReadsLogs() throws Exception {
        assertThat(launch("--help").printed()).contains("[-XX:ArchiveRelocationMode=0]");
        assertThat(launch("run").printed()).doesNotContain("ArchiveRelocationMode");
        assertThat(launch("alerts", "list", "--watch", "-v").printed()).doesNotContain("ArchiveRelocationMode");

        java(26);
        assertThat(launch("--help").printed())
                .as("a Java that is newer than this release may not know the option")
                .doesNotContain("ArchiveRelocationMode");
    }

    @Test
    void theUsersOwnCompilerLevelIsNotOverruled() throws Exception {
        launch();
        ProcessBuilder builder = builder(app.resolve("bin/stillwatch"), "alerts", "list");
        builder.environment().put("STILLWATCH_JAVA_OPTS", "-XX:TieredStopAtLevel=4");

        assertThat(finish(builder.start()).printed())
                .contains("[-XX:TieredStopAtLevel=4]")
                .doesNotContain("[-XX:TieredStopAtLevel=1]");
    }

    @Test
    void aPipeIsNotTakenForATerminal() throws Exception {
        assertThat(launch().printed()).doesNotContain("terminal=true");
    }

    private Run launch(String... arguments) throws Exception {
        return finish(start(app.resolve("bin/stillwatch"), arguments));
    }

    private Process start(Path launcher, String... arguments) throws IOException {
        return builder(launcher, arguments).start();
    }

    private ProcessBuilder builder(Path launcher, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.remove("JAVA_HOME");
        environment.remove("STILLWATCH_JAVA_OPTS");
        environment.put("PATH", tools + ":" + environment.get("PATH"));
        return builder;
    }

    private static Run finish(Process process) throws Exception {
        byte[] printed = process.getInputStream().readAllBytes();
        byte[] complained = process.getErrorStream().readAllBytes();
        return new Run(
                process.waitFor(),
                new String(printed, StandardCharsets.UTF_8),
                new String(complained, StandardCharsets.UTF_8));
    }

    private long builds() throws IOException {
        return Files.readAllLines(directory.resolve("maven.calls")).size();
    }

    private void java(int version) throws IOException {
        tool(
                "java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + ".0.1\"' >&2; exit; fi;"
                        + " printf '[%s] ' \"$@\" | sed 's/ $//'; echo");
    }

    private void tool(String name, String script) throws IOException {
        Path tool = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** So that sources are older than what is built a moment later, whatever the file system's clock resolves. */
    private void ageSources() throws IOException {
        try (var files = Files.walk(app.getParent())) {
            for (Path file : files.toList()) {
                if (!file.startsWith(app.resolve("target"))) {
                    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
                }
            }
        }
    }
}
