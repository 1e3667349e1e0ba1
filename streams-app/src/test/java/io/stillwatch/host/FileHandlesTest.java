package io.stillwatch.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FileHandlesTest {
    @Test
    void aFailureForWantOfHandlesIsToldFromOthersHoweverDeepItLies() {
        assertThat(FileHandles.caused(new IllegalStateException(
                        "The store cannot be opened",
                        new UncheckedIOException(new IOException("/x/000012.sst: Too many open files")))))
                .isTrue();
        assertThat(FileHandles.caused(new IOException("No space left on device")))
                .isFalse();
        assertThat(FileHandles.caused(new IOException())).isFalse();
    }

    @Test
    void theyAreUsedUpShortlyBeforeTheLast() {
        assertThat(new FileHandles(1_020, 1_024).usedUp()).isTrue();
        assertThat(new FileHandles(500, 1_024).usedUp()).isFalse();
    }

    @Test
    void theSentenceSaysHowToRaiseTheLimit() {
        assertThat(FileHandles.sentence()).contains("may open no more files").contains("ulimit -n 65536");
    }
}
