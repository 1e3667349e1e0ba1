package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateKeyTest {
    private static final List<String> SLOTS = List.of(
            "why rivers bend towards the sea",
            "How bells are cast in bronze, and what they weigh",
            "The lighthouse was painted twice: in 1910 and in 1954.",
            "Ropes made of hemp rot sooner than those of nylon\nbut hold a knot better",
            "a \"short\" answer by Marta about tides");

    private final Fingerprinter fingerprinter = Fingerprinter.withoutEmbedding();

    static List<String> templates() {
        return List.of(
                "Question: {}\nAnswer:",
                "Topic: {}\nWrite three lines on it.",
                "{}\nWhat mood does this text express?",
                "{}\n\nDoes the author of it agree with the mayor?",
                "Turn the following note into a telegram.\n\n{}",
                "Write out every step before you solve this problem: {}",
                "You mark essays for a living. Here is one: {}\nMark it from one to five.",
                "Aufgabe: {}\nSchreibe zuerst den Rechenweg auf.",
                "下面是一段文字：{}\n请写出推理过程。");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void anyTwoFillsOfATemplateShareAKey(String template) {
        for (String one : SLOTS) {
            for (String other : SLOTS) {
                assertThat(collide(fill(template, one), fill(template, other)))
                        .as("%s / %s", one, other)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void differentFillsOfTwoTemplatesShareNoKey(String template) {
        for (String other : templates()) {
            for (String slot : other.equals(template) ? List.<String>of() : SLOTS.subList(1, SLOTS.size())) {
                assertThat(collide(fill(template, SLOTS.get(0)), fill(other, slot)))
                        .as("%s / %s", other, slot)
                        .isFalse();
            }
        }
    }

    @Test
    void textsWithoutATemplateShareNoKey() {
        for (String one : SLOTS) {
            for (String other : SLOTS) {
                assertThat(collide(of(one), of(other))).isEqualTo(one.equals(other));
            }
        }
    }

    @Test
    void aTextWithoutWordsHasNoKeys() {
        assertThat(of("...").getHeadKey()).isZero();
        assertThat(of("...").getTailKey()).isZero();
    }

    private RequestFingerprint fill(String template, String slot) {
        return of(template.replace("{}", slot));
    }

    private static boolean collide(RequestFingerprint one, RequestFingerprint other) {
        return one.getHeadKey() == other.getHeadKey() || one.getTailKey() == other.getTailKey();
    }

    private RequestFingerprint of(String prompt) {
        return fingerprinter.fingerprint(RequestEvent.newBuilder()
                .setEventId("e")
                .setEventTime(1)
                .setAccountId("a")
                .setPrompt(prompt)
                .build());
    }
}
