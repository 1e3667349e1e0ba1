package io.stillwatch.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceNamesTest {
    @Test
    void foldersThatOnlyTheAuthorKnowsAreLeftOut() {
        SourceNames names = new SourceNames(List.of("/home/kim/case 17/monday.jsonl", "tuesday.jsonl"));

        assertThat(names.of("/home/kim/case 17/monday.jsonl")).isEqualTo("monday.jsonl");
        assertThat(names.of("tuesday.jsonl")).isEqualTo("tuesday.jsonl");
        assertThat(names.of("standard input")).isEqualTo("standard input");
    }

    @Test
    void filesOfOneNameKeepWhatTellsThemApart() {
        SourceNames names = new SourceNames(List.of("/logs/a/x.jsonl", "/logs/b/x.jsonl", "x.jsonl"));

        assertThat(names.of("/logs/a/x.jsonl")).isEqualTo("a/x.jsonl");
        assertThat(names.of("/logs/b/x.jsonl")).isEqualTo("b/x.jsonl");
        assertThat(names.of("x.jsonl")).isEqualTo("x.jsonl");
    }

    @Test
    void placesInAFileAreNamedAlike() {
        SourceNames names = new SourceNames(List.of("/logs/x.jsonl", "/logs/x.jsonl.gz"));

        assertThat(names.in("/logs/x.jsonl.gz line 3")).isEqualTo("x.jsonl.gz line 3");
        assertThat(names.in("elsewhere line 3")).isEqualTo("elsewhere line 3");
    }
}
