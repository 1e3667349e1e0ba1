package io.stillwatch.alert.cef;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.AnyAlert;
import io.stillwatch.alert.Golden;
import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CefEventTest {
    private static final CefEvent CEF = new CefEvent("1.2.3");

    @Test
    void everySampleIsWrittenAsItsGoldenLine() {
        SampleAlerts.byName()
                .forEach((name, alert) -> Golden.check(CefEventTest.class, name + ".cef", CEF.line(alert) + "\n"));
    }

    @Test
    void aReaderFindsTheAlertInTheHeaderAndTheExtension() {
        CefLine line = CefLine.read(CEF.line(SampleAlerts.opened()));
        assertThat(line.header())
                .startsWith("CEF:0", "Stillwatch", "Stillwatch", "1.2.3", "bulk-instruction-harvest")
                .endsWith("8");
        assertThat(line.extension())
                .containsEntry("externalId", "al-5f0c11")
                .containsEntry("suid", "a-81")
                .containsEntry("act", "opened")
                .containsEntry("cn2", "4212")
                .containsEntry("cn2Label", "requests")
                .containsEntry("cs2", "AML.T0024.002 AML.T0040")
                .containsEntry("msg", SampleAlerts.opened().getExplanation());
    }

    @Test
    void aCampaignIsNobodysUserId() {
        Map<String, String> extension =
                CefLine.read(CEF.line(SampleAlerts.campaign())).extension();
        assertThat(extension).doesNotContainKey("suid").containsEntry("cs3", "campaign c-12");
        assertThat(extension.get("cs4")).startsWith("h-10000 h-10001 ");
    }

    @Test
    void theAnalystAndTheVerdictAreTold() {
        assertThat(CefLine.read(CEF.line(SampleAlerts.dismissed())).extension())
                .containsEntry("cs5", "false_positive")
                .containsEntry("cs6", "kim")
                .containsEntry("reason", "Closed by kim: a load test of our own.");
    }

    @Test
    void textCannotBreakOutOfItsField() {
        Alert alert = SampleAlerts.opened();
        alert.setTitle("a|b\\c\nd");
        alert.setExplanation("x=1 suid=mallory\\ \n|end");
        CefLine line = CefLine.read(CEF.line(alert));
        assertThat(line.header().get(5)).isEqualTo("a|b\\c d");
        assertThat(line.extension())
                .containsEntry("msg", "x=1 suid=mallory\\ \n|end")
                .containsEntry("suid", "a-81");
    }

    @Test
    void aCampaignOfThousandsFitsADatagram() {
        assertThat(CEF.line(SampleAlerts.campaign(20_000)).length()).isLessThan(CefEvent.MOST_CHARACTERS);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void everyAlertIsOneLineThatAReaderTakesApart(@ForAll("alerts") Alert alert) {
        String line = CEF.line(alert);
        assertThat(line).doesNotContain("\n", "\r", "\u0000", "\u001b", "\u2028", "\u202e");
        CefLine read = CefLine.read(line);
        assertThat(read.header()).hasSize(7);
        assertThat(read.extension()).containsEntry("rt", Long.toString(alert.getTime()));
        assertThat(line.length()).isLessThan(CefEvent.MOST_CHARACTERS);
    }

    @Provide
    Arbitrary<Alert> alerts() {
        return AnyAlert.alerts();
    }
}
