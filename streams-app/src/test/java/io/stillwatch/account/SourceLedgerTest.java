package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.Loss;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceLedgerTest {
    private final SourceLedger ledger = new SourceLedger();

    @Test
    void everyRecordIsCountedOrLost() {
        ledger.counted("edge-1");
        ledger.counted("edge-1");
        ledger.lost("edge-1", Loss.LATE);
        ledger.lost("edge-2", Loss.UNREADABLE);
        ledger.noted("edge-1", Loss.AHEAD, 1);

        Map<String, SourceLedger.Line> lines = published(ledger);
        assertThat(lines.get("edge-1").records()).isEqualTo(3);
        assertThat(lines.get("edge-1").counted()).isEqualTo(2);
        assertThat(lines.get("edge-1").losses()).containsEntry(Loss.LATE, 1L).containsEntry(Loss.AHEAD, 1L);
        assertThat(lines.get("edge-2").losses()).containsEntry(Loss.UNREADABLE, 1L);
    }

    @Test
    void itIsShownOnlyAfterAChange() {
        ledger.counted("edge-1");
        published(ledger);

        assertThat(published(ledger)).isEmpty();
        ledger.counted("edge-1");
        assertThat(published(ledger)).hasSize(1);
    }

    @Test
    void whatIsStoredIsRead() {
        ledger.counted("edge-1");
        ledger.lost("edge-2", Loss.DUPLICATE);
        assertThat(ledger.takeDirty()).isTrue();
        assertThat(ledger.takeDirty()).isFalse();
        SourceLedger read = new SourceLedger();
        read.decode(ledger.encode());

        assertThat(published(read)).isEqualTo(published(ledger));
        assertThat(read.encode()).isEqualTo(ledger.encode());
    }

    @Test
    void sourcesWithoutEndShareOneLine() {
        for (int source = 0; source < 10_000; source++) {
            ledger.counted("source-" + source);
        }

        Map<String, SourceLedger.Line> lines = published(ledger);
        assertThat(lines).hasSize(257).containsKey(SourceLedger.OTHERS);
        assertThat(lines.values().stream().mapToLong(SourceLedger.Line::records).sum())
                .isEqualTo(10_000);
    }

    private static Map<String, SourceLedger.Line> published(SourceLedger ledger) {
        Map<String, SourceLedger.Line> lines = new LinkedHashMap<>();
        ledger.publish(lines::put);
        return lines;
    }
}
