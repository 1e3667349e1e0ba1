package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventBoundsTest {
    private static RequestEvent event() {
        RequestEvent event = new RequestEvent();
        event.setAccountId("a");
        event.setEventTime(1_790_000_000_000L);
        return event;
    }

    @Test
    void absentCollectionsBecomeEmptyAndBlankIdentifiersAbsent() throws RecordRejected {
        RequestEvent event = event();
        event.setModel(" ");

        RequestEventValidator.admit(event);

        assertThat(event.getStop()).isEmpty();
        assertThat(event.getLinks()).isEmpty();
        assertThat(event.getAttributes()).isEmpty();
        assertThat(event.getModel()).isNull();
        assertThat(event.getEventId()).matches("[0-9a-f]{32}");
    }

    @Test
    void longIdentifiersStayDistinctAndEqualOnesEqual() throws RecordRejected {
        String start = "x".repeat(1_000);
        List<String> shortened = new ArrayList<>();
        for (String end : List.of("1", "2", "1")) {
            RequestEvent event = event();
            event.setConversationId(start + end);
            event.setLinks(Map.of("client", start + end));
            RequestEventValidator.admit(event);
            assertThat(event.getConversationId())
                    .hasSize(512)
                    .isEqualTo(event.getLinks().get("client"));
            shortened.add(event.getConversationId());
        }

        assertThat(shortened.get(0)).isEqualTo(shortened.get(2)).isNotEqualTo(shortened.get(1));
    }

    @Test
    void surplusLinksAttributesAndStopsAreDroppedAndCounted() throws RecordRejected {
        RequestEvent event = event();
        event.setLinks(entries(100));
        event.setAttributes(entries(100));
        event.setStop(new ArrayList<>(entries(100).values()));

        RequestEventValidator.admit(event);

        assertThat(event.getLinks()).hasSize(32).containsKeys("name-0", "name-31");
        assertThat(event.getStop()).hasSize(64);
        assertThat(event.getAttributes())
                .hasSize(64 + 3)
                .containsEntry("stillwatch.dropped_links", "68")
                .containsEntry("stillwatch.dropped_attributes", "36")
                .containsEntry("stillwatch.dropped_stops", "36");
    }

    @Test
    void longAttributesAreCutAndTellTheirLength() throws RecordRejected {
        RequestEvent event = event();
        event.setAttributes(Map.of("long", "😀".repeat(2_000), "n".repeat(200), "name too long"));

        RequestEventValidator.admit(event);

        assertThat(event.getAttributes()).containsEntry("stillwatch.dropped_attributes", "1");
        assertThat(event.getAttributes().get("long"))
                .hasSizeLessThanOrEqualTo(2_048)
                .endsWith("😀...[4000 characters]");
    }

    @Test
    void aPromptIsNotCut() throws RecordRejected {
        RequestEvent event = event();
        event.setPrompt("p".repeat(10_000_000));

        assertThat(RequestEventValidator.admit(event).getPrompt()).hasSize(10_000_000);
    }

    @Test
    void numbersThatAreNoneAreRefusedWhateverTheirSource() {
        RequestEvent infinite = event();
        infinite.setTopP(Double.POSITIVE_INFINITY);
        RequestEvent noNumber = event();
        noNumber.setTemperature(Double.NaN);

        assertThatThrownBy(() -> RequestEventValidator.admit(infinite))
                .hasMessage("top_p Infinity is not a finite number");
        assertThatThrownBy(() -> RequestEventValidator.admit(noNumber))
                .hasMessage("temperature NaN is not a finite number");
    }

    private static Map<String, String> entries(int count) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int number = 0; number < count; number++) {
            entries.put("name-" + number, "value-" + number);
        }
        return entries;
    }
}
