package io.stillwatch.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;

class FatalFaultsTest {
    private final List<String> lastWords = new ArrayList<>();
    private final FatalFaults faults = new FatalFaults(Path.of("data"), lastWords::add);

    @Test
    void aFatalFaultNamesTheDirectoryAndTheCause() {
        faults.build("log", true, () -> {}).handleFault("cannot append", new IOException("No space left on device"));

        assertThat(lastWords)
                .containsExactly("stillwatch: The embedded Kafka has stopped because it can no longer use data (cannot"
                        + " append: java.io.IOException: No space left on device); make sure that the disk is neither"
                        + " full nor read-only, and start again.");
    }

    @Test
    void aFaultTheServerSurvivesEndsNothing() {
        faults.build("log", false, () -> {}).handleFault("a metric is late");

        assertThat(lastWords).isEmpty();
    }

    @Test
    void aHaltOfTheServersOwnIsExplainedToo() {
        faults.coverHalts();
        try {
            Exit.halt(1);
        } finally {
            FatalFaults.uncoverHalts();
        }

        assertThat(lastWords).singleElement().asString().contains("can no longer use data;");
    }
}
