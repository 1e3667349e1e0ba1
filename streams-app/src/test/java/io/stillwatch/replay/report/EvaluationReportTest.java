package io.stillwatch.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.evaluate.AccountResult;
import io.stillwatch.evaluate.CampaignScore;
import io.stillwatch.evaluate.CampaignScores;
import io.stillwatch.evaluate.Catch;
import io.stillwatch.evaluate.FalseCampaign;
import io.stillwatch.evaluate.Nearest;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class EvaluationReportTest {
    private static final String HOSTILE_TEXT = "<script>alert('&\"')</script>";

    private static Document page() throws Exception {
        Catch caught = new Catch(1, 200, 9_000, "bulk", HOSTILE_TEXT, Optional.of(finding(0.9, HOSTILE_TEXT)));
        List<AccountResult> accounts = List.of(
                account(HOSTILE_TEXT, Label.HONEST, 0, 0.2, Optional.of(caught)),
                account("h2", Label.HONEST, 0, -0.5, Optional.empty()),
                account("a1", Label.HOSTILE, 1, 0.5, Optional.of(caught)),
                account("a2", Label.HOSTILE, 0.3, -0.1, Optional.empty()));
        StringBuilder html = new StringBuilder();
        CampaignScores campaigns = new CampaignScores(
                List.of(new CampaignScore(HOSTILE_TEXT, 40, 30, 32, 30, 800, 160, 400, List.of(HOSTILE_TEXT))),
                List.of(new FalseCampaign(HOSTILE_TEXT, 9, 9, Map.of(HOSTILE_TEXT, 9), HOSTILE_TEXT)),
                41,
                30,
                new CampaignScores.Pairs(780, 532, 435),
                List.of());
        EvaluationReport.write(
                List.of(new Scorecard(HOSTILE_TEXT, accounts, 86_400_000, campaigns)), "1.0", UsualValues.NONE, html);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(html.toString().replaceFirst("<!DOCTYPE html>", ""))));
    }

    private static AccountResult account(
            String id, Label label, double fraction, double nearness, Optional<Catch> caught) {
        return new AccountResult(
                new TruthRow(id, label, "kind" + HOSTILE_TEXT, "", "", fraction, 0, 300, 90),
                new Nearest("bulk", nearness, Optional.of(finding(0.2, "0.2 of " + HOSTILE_TEXT))),
                caught,
                caught.isPresent() ? 1 : 0);
    }

    private static Finding finding(double share, String words) {
        Finding finding = SampleAlerts.opened().getFindings().get(0);
        FeatureValue value = new FeatureValue();
        value.setName("prompt_novelty");
        value.setValue(share);
        value.setUnit("share");
        value.setThreshold(0.5);
        value.setExplanation(words);
        finding.setEvidence(List.of(value));
        return finding;
    }

    private static List<Element> strips(Document page) {
        NodeList drawings = page.getElementsByTagName("svg");
        return IntStream.range(0, drawings.getLength())
                .mapToObj(i -> (Element) drawings.item(i))
                .filter(drawing -> drawing.getAttribute("class").equals("strip"))
                .toList();
    }

    @Test
    void aStripShowsWhatFlaggedAnAccountAndWhatKeptASignatureFromHolding() throws Exception {
        Document page = page();

        assertThat(strips(page)).hasSize(2);
        assertThat(page.getElementsByTagName("main").item(0).getTextContent())
                .containsSubsequence("Missed", "0.2 of", "asked for ≥ 50 %", "Wrongly flagged", "asked for ≥ 50 %");
    }

    @Test
    void textFromOutsideStaysText() throws Exception {
        Document page = page();

        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("h2").item(0).getTextContent()).isEqualTo(HOSTILE_TEXT);
    }

    @Test
    void theVerdictComesFirstThenWhatWentWrongAndDetailsAreFolded() throws Exception {
        Document page = page();
        String text = page.getElementsByTagName("main").item(0).getTextContent();

        assertThat(text)
                .contains("1 hostile account was missed, and 1 honest account was flagged.")
                .containsSubsequence(
                        "was missed", "Missed", "Wrongly flagged", "Campaigns that are none", "Acting on alerts");
        assertThat(page.getElementsByTagName("details").item(0).getTextContent())
                .contains("Hostile accounts", "Honest accounts", "Detection at a bounded rate");
    }

    @Test
    void campaignsAreThereWithTheirFigures() throws Exception {
        String text = page().getElementsByTagName("main").item(0).getTextContent();

        assertThat(text)
                .contains("Campaigns", "75 %", "93.8 %", "20 %", "Members found: 75 %; of all named, 73.2 %")
                .contains("Campaigns that are none", "9 accounts");
    }

    @Test
    void bothCurvesAreThereWithATitleAndWordsForWhoDoesNotSeeThem() throws Exception {
        Document page = page();
        NodeList drawings = page.getElementsByTagName("svg");
        List<Element> charts = IntStream.range(0, drawings.getLength())
                .mapToObj(i -> (Element) drawings.item(i))
                .filter(drawing -> drawing.getAttribute("class").equals("chart"))
                .toList();

        assertThat(charts).hasSize(2);
        for (Element chart : charts) {
            assertThat(chart.getAttribute("role")).isEqualTo("img");
            String[] labels = chart.getAttribute("aria-labelledby").split(" ", -1);
            assertThat(((Element) chart.getElementsByTagName("title").item(0)).getAttribute("id"))
                    .isEqualTo(labels[0]);
            assertThat(((Element) chart.getElementsByTagName("desc").item(0)).getAttribute("id"))
                    .isEqualTo(labels[1]);
            assertThat(chart.getElementsByTagName("desc").item(0).getTextContent())
                    .isNotBlank();
        }
        // Corners of the square from (52, 332) to (372, 12): nothing at first, one of two hostile, then all.
        assertThat(charts.get(0)
                        .getElementsByTagName("polyline")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("points")
                        .getNodeValue())
                .isEqualTo("52.0,332.0 52.0,172.0 212.0,172.0 212.0,12.0 372.0,12.0");
    }

    @Test
    void missedAccountsNameTheNearestSignatureAndItsMargin() throws Exception {
        assertThat(page().getElementsByTagName("main").item(0).getTextContent())
                .contains("a2")
                .contains("-0.100");
    }
}
