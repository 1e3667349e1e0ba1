package io.stillwatch.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.broker.DataDirectory;
import io.stillwatch.cli.DefaultDataDirectory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostChecksTest {
    private static final long MIB = 1024L * 1024;

    @TempDir
    private Path directory;

    @Test
    void anOldJavaFails() {
        assertThat(HostChecks.java(Runtime.Version.parse("11.0.2")).outcome()).isEqualTo(Checkup.Outcome.FAIL);
        assertThat(HostChecks.java(Runtime.version()).outcome()).isEqualTo(Checkup.Outcome.OK);
    }

    @Test
    void littleMemoryWarnsAndTooLittleFails() {
        assertThat(HostChecks.memory(1024 * MIB)).isEqualTo(Checkup.ok("memory", "up to 1 GiB of heap"));
        assertThat(HostChecks.memory(300 * MIB).outcome()).isEqualTo(Checkup.Outcome.WARN);
        assertThat(HostChecks.memory(100 * MIB).outcome()).isEqualTo(Checkup.Outcome.FAIL);
    }

    @Test
    void littleDiskWarnsAndTooLittleFails() {
        assertThat(HostChecks.disk(Path.of("d"), 10_240 * MIB)).isEqualTo(Checkup.ok("disk", "10 GiB free for d"));
        assertThat(HostChecks.disk(Path.of("d"), 2048 * MIB).outcome()).isEqualTo(Checkup.Outcome.WARN);
        assertThat(HostChecks.disk(Path.of("d"), 100 * MIB))
                .isEqualTo(Checkup.fail("disk", "100 MiB free for d; make room or give another --data-dir."));
    }

    @Test
    void theDataDirectoryIsExaminedWithoutMakingIt() {
        Path absent = directory.resolve("a").resolve("b");

        assertThat(HostChecks.data(absent)).isEqualTo(Checkup.ok("data", absent + " will be created"));
        assertThat(HostChecks.disk(absent).finding()).contains("free for");
        assertThat(absent).doesNotExist();
        try (DataDirectory claimed = DataDirectory.claim(absent)) {
            assertThat(HostChecks.data(claimed.path()).finding())
                    .endsWith("is in use by the process with pid "
                            + ProcessHandle.current().pid());
        }
        assertThat(HostChecks.data(absent)).isEqualTo(Checkup.ok("data", absent + " is free"));
    }

    @Test
    void laggingIsFineWhileItRunsAndIsLittle() {
        assertThat(ClusterChecks.lag("a", 0, false).outcome()).isEqualTo(Checkup.Outcome.OK);
        assertThat(ClusterChecks.lag("a", 5, true).outcome()).isEqualTo(Checkup.Outcome.OK);
        assertThat(ClusterChecks.lag("a", 5, false).finding()).contains("start it with: stillwatch run");
        assertThat(ClusterChecks.lag("a", 1_000_000, true))
                .isEqualTo(Checkup.warn(
                        "lag",
                        "application a is 1,000,000 records behind; add instances, up to the number of partitions."));
    }

    @Test
    void dataGoesWhereTheSystemWantsIt() {
        assertThat(DefaultDataDirectory.of(Map.of(), system("Linux", "/home/u")))
                .isEqualTo(Path.of("/home/u/.local/state/stillwatch"));
        assertThat(DefaultDataDirectory.of(Map.of("XDG_STATE_HOME", "relative"), system("Linux", "/home/u")))
                .isEqualTo(Path.of("/home/u/.local/state/stillwatch"));
        assertThat(DefaultDataDirectory.of(Map.of("XDG_STATE_HOME", "/s"), system("Linux", "/home/u")))
                .isEqualTo(Path.of("/s/stillwatch"));
        assertThat(DefaultDataDirectory.of(Map.of(), system("Mac OS X", "/Users/u")))
                .isEqualTo(Path.of("/Users/u/Library/Application Support/Stillwatch"));
        assertThat(DefaultDataDirectory.of(Map.of(), system("Windows 11", "/u")))
                .isEqualTo(Path.of("/u/AppData/Local/Stillwatch"));
    }

    private static Properties system(String os, String home) {
        Properties system = new Properties();
        system.setProperty("os.name", os);
        system.setProperty("user.home", home);
        return system;
    }
}
