package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stillwatch.schema.RequestEvent;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** By marker: prompts that carry it, in several languages, and prompts close by that do not. */
class MarkerWordingTest {
    private static final String WITH = """
            asks_reasoning | Work out the tide tables and think step by step
            asks_reasoning | Berechne die Flut und zeige deinen Rechenweg
            asks_reasoning | Calcule la marée étape par étape
            asks_reasoning | Calcula la marea paso a paso
            asks_reasoning | 请逐步计算潮汐
            asks_reasoning | 潮の満ち引きをステップバイステップで計算して
            asks_reasoning | Рассчитай прилив шаг за шагом
            asks_reasoning | 밀물을 단계별로 계산해
            asks_rationale | Explain why this answer is right
            asks_rationale | Nenne die Begründung für diese Antwort
            asks_rationale | Justifie cette réponse sur les marées
            asks_rationale | Justifica la respuesta sobre las mareas
            rubric | Grade the answer on a scale of 1 to 10
            rubric | Vergib Punkte auf einer Skala von eins bis fünf
            rubric | Évalue cette réponse sur une échelle de un à cinq
            rubric | 请按评分标准打分
            rubric | Оцени ответ по шкале от одного до пяти
            compares_answers | Which answer is better, the first or the second
            compares_answers | Welche Antwort ist besser
            compares_answers | Quelle réponse est meilleure
            compares_answers | 哪个回答更好
            writes_tasks | Come up with forty new questions about ships
            writes_tasks | Erzeuge zwanzig Fragen über Schiffe
            writes_tasks | Génère vingt questions sur les bateaux
            writes_tasks | Genera veinte preguntas sobre barcos
            writes_tasks | 请生成问题和答案
            rewrites_prompt | Rewrite this instruction as a more complex version
            rewrites_prompt | Formuliere diese Frage um
            rewrites_prompt | Réécris cette consigne
            rewrites_prompt | 请给出更难的版本
            answer_options | Which of the following ropes floats
            answer_options | Welche der folgenden Leinen schwimmt
            answer_options | Vrai ou faux, le chanvre flotte
            answer_options | ¿Verdadero o falso? El cáñamo flota
            writes_code | Write a function that adds two tides
            writes_code | Schreibe eine Funktion, die Gezeiten addiert
            writes_code | Écris une fonction pour les marées
            writes_code | 请写一个函数计算潮汐
            calls_tools | Use the weather tool for it, one function call is enough
            calls_tools | 请调用工具查天气
            role_play | Act as a harbour pilot
            role_play | Du bist ein Lotse im Hafen
            role_play | Tu es un pilote du port
            role_play | 你是一名引水员
            self_chat | Write a conversation between a pilot and a captain
            self_chat | Schreibe ein Gespräch zwischen Lotse und Kapitän
            self_chat | Écris un dialogue entre un pilote et un capitaine
            self_chat | 写一段船长和引水员之间的对话
            translates | Translate the log into Welsh
            translates | Übersetze das Logbuch
            translates | Traduis le journal de bord
            translates | 翻译这篇日志
            translates | Переведи журнал
            summarises | Give me a summary of the log
            summarises | Fasse das Logbuch zusammen
            summarises | Donne un résumé du journal
            summarises | 请总结日志
            classifies | Classify the ship
            classifies | Klassifiziere das Schiff
            classifies | Dans quelle catégorie est le bateau
            classifies | 给船分类
            neutral_rewrite | Give a politically neutral account of the strike
            neutral_rewrite | Dieses Thema ist politisch heikel
            neutral_rewrite | 这是敏感话题
            polite | Could you check the mooring, please
            polite | Könntest du die Leinen prüfen
            polite | Vérifiez les amarres, s'il vous plaît
            polite | Revisa las amarras, por favor
            polite | 谢谢你检查缆绳
            first_person | The boat is in my shed
            first_person | Das Boot liegt bei mir im Schuppen
            first_person | Le bateau est chez mes parents
            first_person | 船在我家
            deictic | And the second boat
            deictic | Aber das zweite Boot
            deictic | Encore une fois avec le second bateau
            deictic | 继续说第二条船
            imperative | List the parts of a mast
            imperative | Nenne die Teile eines Mastes
            imperative | Décris les parties d'un mât
            imperative | Enumera las partes de un mástil
            imperative | 列出桅杆的部分
            gives_answer | The correct answer is a bowline
            gives_answer | Die Antwort lautet Palstek
            gives_answer | 正确答案是单套结
            opens_lower | how do tides work
            opens_lower | "wie entsteht Ebbe?
            question | Is it high water?
            question | 涨潮了吗？
            question | هل ارتفع الماء؟
            contains_code | `let tide = 3`
            contains_code | tide(3);
            contains_number | 3 boats
            contains_number | ٣ قوارب
            contains_url | see https://harbour.example/tides
            multiline | one line\\nand another
            formula | the height is $h$
            """;
    private static final String WITHOUT = """
            asks_reasoning | The reason is a broken step
            asks_reasoning | Schritt eins ist getan
            asks_reasoning | 这一步很重要
            asks_rationale | Answer the reasonable question
            asks_rationale | Die Antwort ist richtig
            rubric | The scale is broken and the grade is steep
            rubric | Die Antwort war kurz
            compares_answers | The response was better than expected
            compares_answers | Die Antwort kam spät
            writes_tasks | The questions were diverse
            writes_tasks | Die Aufgaben waren schwer
            rewrites_prompt | A prompt reply is given
            rewrites_prompt | Die Frage war schwer
            answer_options | Which rope floats, and why
            answer_options | Das ist richtig
            writes_code | The function of the keel is balance
            writes_code | Die Funktion des Kiels
            calls_tools | The tool shed is locked
            calls_tools | 工具在船上
            role_play | The act was long
            role_play | Das Spiel ist aus
            self_chat | Between the piers they had a chat
            self_chat | Das Gespräch war kurz
            translates | The translator is ill
            translates | Die Kosten sind hoch
            summarises | The sum is wrong
            summarises | Die Summe ist falsch
            classifies | A class of ships
            classifies | Eine Klasse von Schiffen
            neutral_rewrite | Switzerland is neutral
            neutral_rewrite | Der Verbrauch ist neutral
            polite | The pleasant thank-offering
            polite | Das Bitten half
            first_person | Their boat sank
            first_person | Das Boot sank
            deictic | The boat and the other one
            deictic | Das Boot und das andere
            imperative | They list the parts
            imperative | Sie nennen die Teile
            gives_answer | Answer the question about knots
            gives_answer | Die Frage nach der Antwort
            opens_lower | How do tides work
            opens_lower | 潮汐
            question | Is it? It is.
            contains_code | The tide is three.
            contains_number | three boats
            contains_url | see the harbour: tides / winds
            multiline | one line\\n
            formula | the height is low
            """;

    private final Fingerprinter fingerprinter = Fingerprinter.withoutEmbedding();

    static Stream<Arguments> with() {
        return rows(WITH);
    }

    static Stream<Arguments> without() {
        return rows(WITHOUT);
    }

    @ParameterizedTest
    @MethodSource("with")
    void aMarkerIsFoundByItsWordingInSeveralLanguages(Marker marker, String prompt) {
        assertThat(carries(prompt, marker)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("with")
    void caseDoesNotHideAMarker(Marker marker, String prompt) {
        // This one is about case.
        assumeThat(marker).isNotEqualTo(Marker.OPENS_LOWER);
        assertThat(carries(prompt.toUpperCase(Locale.ROOT), marker)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("with")
    void marksAroundAndSpaceWithinDoNotHideAMarker(Marker marker, String prompt) {
        String padded = " - \u201C*" + prompt.replace(" ", " \u2003\u200B ") + "*\u201D";
        if (marker != Marker.QUESTION && marker != Marker.CONTAINS_URL) {
            assertThat(carries(padded, marker)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("without")
    void aMarkerIsNotFoundInWordsCloseBy(Marker marker, String prompt) {
        assertThat(carries(prompt, marker)).isFalse();
    }

    @Test
    void aNameOrANumberWithinAPhraseDoesNotHideAMarker() {
        assertThat(carries("Rate the Harbour 12 answer", Marker.RUBRIC)).isTrue();
        assertThat(carries("he said \"think step by step\" to them", Marker.ASKS_REASONING))
                .isTrue();
    }

    @Test
    void everyMarkerHasPromptsWithAndWithoutIt() {
        for (Marker marker : Marker.values()) {
            assertThat(with().map(row -> row.get()[0])).contains(marker);
            assertThat(without().map(row -> row.get()[0])).contains(marker);
        }
    }

    private boolean carries(String prompt, Marker marker) {
        RequestEvent event = RequestEvent.newBuilder()
                .setEventId("e")
                .setEventTime(1)
                .setAccountId("a")
                .setPrompt(prompt)
                .build();
        return (fingerprinter.fingerprint(event).getMarkers() & marker.bit()) != 0;
    }

    private static Stream<Arguments> rows(String table) {
        return table.lines().map(line -> {
            String[] cells = line.split(" \\| ", 2);
            return Arguments.of(Marker.valueOf(cells[0].toUpperCase(Locale.ROOT)), cells[1].replace("\\n", "\n"));
        });
    }
}
