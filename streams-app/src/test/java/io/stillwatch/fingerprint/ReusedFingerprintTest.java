package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReusedFingerprintTest {
    private final Fingerprinter fingerprinter = new Fingerprinter();

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "one", "Explain in 3 steps how a sextant works, please.", "写一首关于秋天的诗", "ﬁve ＡＢＣ"})
    void aReusedRecordIsWrittenLikeAFreshOne(String prompt) throws IOException {
        RequestFingerprint reused = new RequestFingerprint();
        for (String before : new String[] {"", "A longer prompt with more than eight words in it, as it happens."}) {
            fingerprinter.fingerprint(event(before), reused);
            fingerprinter.fingerprint(event(prompt), reused);

            assertThat(bytes(reused)).isEqualTo(bytes(new Fingerprinter().fingerprint(event(prompt))));
        }
    }

    @Test
    void whatARecordHeldBeforeIsGone() {
        RequestEvent full = event("some prompt");
        full.setSystem("You help.");
        full.setApiKeyId("key");
        full.setTemperature(0.5);
        full.setAnswerInPrompt(true);
        RequestFingerprint reused = fingerprinter.fingerprint(full);

        fingerprinter.fingerprint(event(null), reused);

        assertThat(reused).isEqualTo(new Fingerprinter().fingerprint(event(null)));
    }

    @Test
    void fillingAUsedRecordAllocatesNothingOnceWarm() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RequestEvent event =
                event("Explain, in 3 steps, how a \"sextant\" works; naïve café, привет, 光合作用, 안녕, 😀 ok?");
        RequestFingerprint reused = new RequestFingerprint();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 20 && allocated > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                fingerprinter.fingerprint(event, reused);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isZero();
    }

    private static byte[] bytes(RequestFingerprint fingerprint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<>(RequestFingerprint.class).write(fingerprint, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static RequestEvent event(String prompt) {
        return RequestEvent.newBuilder()
                .setEventId("e")
                .setEventTime(1)
                .setAccountId("a")
                .setPrompt(prompt)
                .build();
    }
}
