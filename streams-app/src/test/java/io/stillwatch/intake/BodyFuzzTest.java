package io.stillwatch.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compressed bodies, whatever was done to them, are expanded within their bounds or refused in a sentence. */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class BodyFuzzTest {
    private static final Fuzz.Tally TALLY = new Fuzz.Tally("compressed bodies");
    private static final int LONGEST = 20_000;
    private static final int MOST_HELD = 15_000;

    @AfterAll
    static void sayHowManyWereTried() {
        TALLY.tell();
    }

    private static byte[] gzip(int records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int number = 0; number < records; number++) {
                gzip.write(("{\"account_id\":\"a" + number + "\",\"event_time\":1790000000000}\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void aBodyIsExpandedWithinItsBoundsOrRefusedAndHoldsNothingAfterwards() throws IOException {
        Random random = new Random(1);
        for (int run = 0; run < Fuzz.inputs(0.05); run++) {
            HeldBytes held = new HeldBytes(MOST_HELD);
            HeldBytes.Share share = held.share();
            byte[] body = Fuzz.mutated(gzip(1 + random.nextInt(600)), random);
            TALLY.add();
            try {
                byte[] expanded = Body.expanded(body, true, LONGEST, share);
                assertThat(expanded.length).as("run %d", run).isLessThanOrEqualTo(MOST_HELD);
            } catch (Body.Refused refused) {
                assertThat(refused.status()).as("run %d", run).isIn(400, 413, 429);
                assertThat(refused).message().endsWith(".");
            }
            share.giveBack();
            assertThat(held.share().grow(MOST_HELD)).as("run %d", run).isTrue();
        }
    }
}
