package io.stillwatch.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.AnyAlert;
import io.stillwatch.alert.Golden;
import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.FeatureValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final Set<String> OWN_ELEMENTS = Set.of(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "header",
            "main",
            "section",
            "article",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "p",
            "a",
            "span",
            "strong",
            "code",
            "bdi",
            "time",
            "dl",
            "div",
            "dt",
            "dd",
            "ul",
            "ol",
            "li",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "svg",
            "rect",
            "path",
            "line",
            "circle",
            "details",
            "summary",
            "figure",
            "figcaption");

    @Test
    void everySampleIsWrittenAsItsGoldenPage() throws Exception {
        Golden.check(HtmlReportTest.class, "full.html", report(SampleSummaries.full()));
        Golden.check(HtmlReportTest.class, "quiet.html", report(SampleSummaries.quiet()));
        Golden.check(HtmlReportTest.class, "empty.html", report(SampleSummaries.empty()));
        Golden.check(HtmlReportTest.class, "hostile.html", report(SampleSummaries.hostile()));
    }

    @Test
    void thePageLoadsNothingAndRunsNothing() throws Exception {
        for (ReplaySummary summary : List.of(SampleSummaries.full(), SampleSummaries.hostile())) {
            Document page = parse(report(summary));
            for (Element element : elements(page)) {
                assertThat(OWN_ELEMENTS).contains(element.getTagName());
                for (int i = 0; i < element.getAttributes().getLength(); i++) {
                    assertThat(element.getAttributes().item(i).getNodeName())
                            .doesNotStartWith("on")
                            .isNotIn("src", "style", "action", "srcdoc");
                }
                if (element.hasAttribute("href")) {
                    assertThat(element.getAttribute("href")).startsWith("#");
                }
            }
            assertThat(page.getElementsByTagName("style").item(0).getTextContent())
                    .doesNotContain("url(", "@import");
        }
    }

    @Test
    void thePolicyAllowsExactlyTheStyleSheetOnThePage() throws Exception {
        String html = report(SampleSummaries.full());
        String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        Element policy = (Element) parse(html).getElementsByTagName("meta").item(1);
        assertThat(policy.getAttribute("http-equiv")).isEqualTo("Content-Security-Policy");
        assertThat(policy.getAttribute("content"))
                .startsWith("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(digest) + "';");
    }

    @Test
    void everyLinkAndLabelLeadsSomewhereAndNoNameIsUsedTwice() throws Exception {
        Document page = parse(report(SampleSummaries.full()));
        Set<String> names = new HashSet<>();
        List<String> references = new ArrayList<>();
        for (Element element : elements(page)) {
            if (element.hasAttribute("id")) {
                assertThat(names.add(element.getAttribute("id"))).isTrue();
            }
            if (element.hasAttribute("href")) {
                references.add(element.getAttribute("href").substring(1));
            }
            if (element.hasAttribute("aria-labelledby")) {
                references.add(element.getAttribute("aria-labelledby"));
            }
        }
        assertThat(names).containsAll(references);
    }

    @Test
    void headingsDoNotSkipALevelAndEveryTableHasHeaderCells() throws Exception {
        Document page = parse(report(SampleSummaries.full()));
        int level = 0;
        for (Element element : elements(page)) {
            if (element.getTagName().matches("h[1-6]")) {
                int next = element.getTagName().charAt(1) - '0';
                assertThat(next).isLessThanOrEqualTo(level + 1);
                level = next;
            }
            if (element.getTagName().equals("th")) {
                assertThat(element.getAttribute("scope")).isIn("col", "row");
            }
        }
        assertThat(page.getElementsByTagName("table").getLength())
                .isEqualTo(page.getElementsByTagName("thead").getLength());
    }

    @Test
    void theMostSevereAlertComesFirst() throws Exception {
        NodeList titles = parse(report(SampleSummaries.full())).getElementsByTagName("h3");
        assertThat(titles.item(0).getTextContent()).startsWith("Account a-81");
        assertThat(titles.item(1).getTextContent()).startsWith("Campaign c-12");
        assertThat(titles.item(2).getTextContent()).startsWith("Account a-0");
    }

    @Test
    void anAlertIsToldWithWhatChangedAtEachStep() throws Exception {
        String text = text(SampleSummaries.full());
        assertThat(text)
                .contains("9 h 12 min after the first request in the evidence and after 4,212 requests")
                .contains("updated: high to critical, score 0.97, adds reasoning-trace-elicitation, logprob-harvest,"
                        + " best-of-n")
                .contains("closed: score 0.97, no finding for 72 h");
    }

    @Test
    void theVerdictComesFirstAndOnlyDetailsAreFolded() throws Exception {
        Document page = parse(report(SampleSummaries.full()));

        assertThat(page.getElementsByTagName("main").item(0).getTextContent().strip())
                .startsWith("3 alerts: 1 critical");
        for (Element element : elements(page)) {
            if (element.getTagName().equals("details")) {
                assertThat(((Element) element.getFirstChild()).getTagName()).isEqualTo("summary");
            }
            if (Set.of("verdict", "explanation", "lead", "hours").contains(element.getAttribute("class"))) {
                assertThat(isFolded(element)).as(element.getTextContent()).isFalse();
            }
            if (Set.of("evidence stacked", "timeline", "ids").contains(element.getAttribute("class"))) {
                assertThat(isFolded(element)).as(element.getTextContent()).isTrue();
            }
        }
    }

    @Test
    void everyFindingHasAValueBesideWhatIsUsualAndEveryAccountsAlertItsHours() throws Exception {
        Document page = parse(report(SampleSummaries.full()));
        List<String> classes = elements(page).stream()
                .map(element -> element.getAttribute("class"))
                .toList();

        assertThat(classes).contains("strip", "hours");
        assertThat(text(SampleSummaries.full())).contains("a bar is 1 h, the highest");
    }

    @Test
    void whatIsUsualIsToldByTheBaselineThatTheAlertNames() throws Exception {
        Baseline baseline = BaselineFile.bundled();
        double high = baseline.cohorts().values().stream()
                .flatMap(tables -> Optional.ofNullable(tables.get("requests")).stream())
                .mapToDouble(table -> table.at(1))
                .max()
                .orElseThrow();
        FeatureValue more = new FeatureValue();
        more.setName("requests");
        more.setValue(high * 2);
        more.setUnit("count");
        more.setThreshold(high);
        more.setQuantile(1.0);
        more.setExplanation("it sent many");
        Alert alert = SampleAlerts.opened();
        alert.setBaseline(baseline.name());
        alert.getFindings().get(0).setEvidence(List.of(more));
        ReplaySummary bare = SampleSummaries.summary(List.of(alert));
        ReplaySummary known = new ReplaySummary(
                bare.productVersion(),
                bare.sources(),
                bare.firstEvent(),
                bare.lastEvent(),
                bare.accounts(),
                bare.alerts(),
                bare.rejectedCauses(),
                bare.baseline(),
                bare.signatures(),
                bare.settings(),
                List.of(baseline),
                bare.hours());

        assertThat(text(known)).contains("it sent many", "usual ", "as high as any baseline account");
        assertThat(report(known)).contains("class=\"usual\"");
        assertThat(report(bare)).doesNotContain("class=\"usual\"");
    }

    private static boolean isFolded(Element element) {
        for (Node node = element.getParentNode(); node != null; node = node.getParentNode()) {
            if (node.getNodeName().equals("details")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void rejectedRecordsAreSaidToBeMissingFromTheEvidence() throws Exception {
        assertThat(text(SampleSummaries.full()))
                .contains("34 of the 2,192,895 records could not be read.")
                .contains("The record has no account_id.");
        assertThat(text(SampleSummaries.quiet())).contains("Every record could be read");
        assertThat(text(SampleSummaries.empty())).contains("No request could be read", "Nothing was read.");
    }

    @Test
    void whatTrafficCannotShowIsAlwaysSaid() throws Exception {
        assertThat(text(SampleSummaries.quiet())).contains("What traffic alone cannot show", "A relay that sells");
    }

    @Test
    void ofManyAlertsAllAreListedAndTheFirstAreToldInFull() throws Exception {
        List<Alert> steps = new ArrayList<>();
        for (int i = 0; i < HtmlReport.DETAILED_ALERTS + 50; i++) {
            steps.add(SampleAlerts.alert("al-" + i, "a-" + i, AlertState.OPENED, 0, Instant.EPOCH)
                    .build());
        }
        Document page = parse(report(SampleSummaries.summary(steps)));
        assertThat(page.getElementsByTagName("article").getLength()).isEqualTo(HtmlReport.DETAILED_ALERTS);
        Element table = (Element) page.getElementsByTagName("table").item(0);
        assertThat(table.getElementsByTagName("tr").getLength()).isEqualTo(HtmlReport.DETAILED_ALERTS + 51);
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void whateverTheAlertsSayThePageIsWellFormedAndOnlyOurOwn(@ForAll("alerts") List<Alert> alerts) throws Exception {
        ReplaySummary summary = SampleSummaries.summary(alerts);
        String html = report(summary);
        assertThat(html).isEqualTo(report(summary));
        assertThat(elements(parse(html))).extracting(Element::getTagName).allMatch(OWN_ELEMENTS::contains);
    }

    @Provide
    Arbitrary<List<Alert>> alerts() {
        return AnyAlert.alerts().list().ofMaxSize(3);
    }

    private static String report(ReplaySummary summary) throws IOException {
        StringBuilder html = new StringBuilder();
        HtmlReport.write(summary, html);
        return html.toString();
    }

    private static String text(ReplaySummary summary) throws Exception {
        return parse(report(summary)).getElementsByTagName("body").item(0).getTextContent();
    }

    private static Document parse(String html) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(html)));
    }

    private static List<Element> elements(Document page) {
        NodeList nodes = page.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
