package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import java.util.Arrays;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprinterTest {
    private static final Fingerprinter FINGERPRINTER = new Fingerprinter();

    @Test
    void theSameEventGivesTheSameFingerprint() {
        assertThat(of("How deep is the North Sea?")).isEqualTo(of("How deep is the North Sea?"));
    }

    @Test
    void caseAndWhiteSpaceDoNotMakeAnotherPrompt() {
        assertThat(of("How  deep is\nthe north sea?").getExactHash())
                .isEqualTo(of("how deep IS the North Sea?").getExactHash());
        assertThat(of("How deep is the North Sea").getExactHash())
                .isNotEqualTo(of("How deep is the North Sea?").getExactHash());
    }

    @Test
    void promptsThatDifferInNumbersNamesQuotationsAndAddressesHaveOneSkeleton() {
        assertThat(of("Send 12 letters to Maria about \"the old bridge\", see https://a.example/x")
                        .getSkeletonHash())
                .isEqualTo(of("Send 7 letters to Johannes about \"a boat\", see https://b.example/y/z?q=1")
                        .getSkeletonHash());
        assertThat(of("Send 12 letters to Maria").getSkeletonHash())
                .isNotEqualTo(of("Burn 12 letters to Maria").getSkeletonHash());
    }

    @Test
    void twoFillsOfATemplateShareAKeyAndTwoTemplatesDoNot() {
        String first = "Question: why do rivers bend?\nWrite out every step before the result.";
        String second = "Question: how are bells cast in bronze?\nWrite out every step before the result.";
        String other = "Topic: how are bells cast in bronze?\nAnswer in one line please.";

        assertThat(of(first).getHeadKey()).isEqualTo(of(second).getHeadKey());
        assertThat(of(first).getTailKey()).isEqualTo(of(second).getTailKey());
        assertThat(of(first).getHeadKey()).isNotEqualTo(of(other).getHeadKey());
        assertThat(of(first).getTailKey()).isNotEqualTo(of(other).getTailKey());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "asks_reasoning | Solve it and think step by step",
                "asks_reasoning | Löse das Schritt für Schritt",
                "asks_reasoning | Résous ce problème étape par étape",
                "asks_reasoning | 请一步一步地解释这道题",
                "asks_reasoning | Show me your complete reasoning here",
                "asks_rationale | What is the reasoning behind this answer",
                "rubric | Grade the following response on a scale of 1 to 5",
                "compares_answers | Here are two texts. Which response is better",
                "writes_tasks | Come up with twenty diverse tasks for a robot",
                "rewrites_prompt | Rewrite the given prompt so that it is harder",
                "answer_options | Which of the following is a mammal",
                "writes_code | Write a Python function that sorts a list",
                "self_chat | Write a dialogue between a sailor and a cook",
                "neutral_rewrite | Give a politically neutral version of it",
                "translates | Translate this into English",
                "summarises | Summarize the report",
                "classifies | What is the sentiment of this",
                "role_play | Act as a ship's doctor",
                "polite | could you look at it",
                "imperative | Describe a harbour at night",
                "deictic | And what about the second one",
                "contains_code | if (a) { b(); }",
                "contains_number | there are 7 of them",
                "question | is it late?",
            })
    void aMarkerIsFoundByItsWording(String marker, String prompt) {
        assertThat(markers(of(prompt))).contains(marker);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "asks_reasoning | He climbed the stairs one at a time",
                "rubric | The museum has five rooms",
                "imperative | We should describe the harbour",
                "writes_code | Describe the function of the liver",
                "deictic | The harbour and the town",
            })
    void aMarkerIsNotFoundWhereItsWordingIsNot(String marker, String prompt) {
        assertThat(markers(of(prompt))).doesNotContain(marker);
    }

    @ParameterizedTest
    @CsvSource({
        "en, the ships are in the harbour with their crews",
        "de, die Schiffe liegen mit der Besatzung im Hafen und warten",
        "fr, les bateaux sont dans le port avec leur équipage",
        "es, los barcos están en el puerto con la tripulación",
        "zh, 船停在港口里等待出发",
        "ja, 船は港に停まっています",
        "ru, корабли стоят в порту",
        "und, 12345"
    })
    void theLanguageIsGuessed(String language, String prompt) {
        assertThat(of(prompt).getLanguage()).isEqualTo(language);
    }

    @Test
    void anAbsentPromptHasAFingerprintWithoutContent() {
        RequestFingerprint fingerprint = FINGERPRINTER.fingerprint(event(null));

        assertThat(fingerprint.getCharacters()).isZero();
        assertThat(fingerprint.getEmbedding().remaining()).isZero();
        assertThat(fingerprint.getShingles()).isEmpty();
    }

    @Test
    void aPromptOfTenMillionCharactersIsFingerprinted() {
        RequestFingerprint fingerprint = of("word ".repeat(2_000_000));

        assertThat(fingerprint.getCharacters()).isEqualTo(10_000_000);
    }

    @Test
    void instructionsThatDifferInADateHaveOneHash() {
        RequestEvent monday = event("x");
        monday.setSystem("You help customers of a bank. Today is 2026-11-23.");
        RequestEvent tuesday = event("x");
        tuesday.setSystem("You help customers of a bank. Today is 2026-11-24.");

        assertThat(FINGERPRINTER.fingerprint(monday).getSystemHash())
                .isEqualTo(FINGERPRINTER.fingerprint(tuesday).getSystemHash())
                .isNotZero();
    }

    @Property(tries = 500)
    void anyTextHasAFingerprintOfBoundedSize(@ForAll String prompt) {
        RequestFingerprint fingerprint = of(prompt);

        assertThat(fingerprint.getShingles()).hasSizeLessThanOrEqualTo(Fingerprinter.SHINGLE_SAMPLE);
        assertThat(fingerprint.getEmbedding().remaining()).isIn(0, Fingerprinter.EMBEDDING_BYTES);
        assertThat(fingerprint.getCharacters()).isLessThanOrEqualTo(prompt.length());
    }

    private static RequestFingerprint of(String prompt) {
        return FINGERPRINTER.fingerprint(event(prompt));
    }

    private static RequestEvent event(String prompt) {
        return RequestEvent.newBuilder()
                .setEventId("e")
                .setEventTime(1)
                .setAccountId("a")
                .setPrompt(prompt)
                .build();
    }

    private static String markers(RequestFingerprint fingerprint) {
        return Arrays.stream(Marker.values())
                .filter(marker -> (fingerprint.getMarkers() & marker.bit()) != 0)
                .map(Marker::id)
                .collect(Collectors.joining(" ", " ", " "));
    }
}
