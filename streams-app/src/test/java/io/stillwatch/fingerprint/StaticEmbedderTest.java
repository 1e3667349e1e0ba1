package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticEmbedderTest {
    private static final int LIMIT = 256;

    private final StaticEmbedder embedder = new StaticEmbedder();
    private final float[] sum = new float[StaticEmbedder.DIMENSIONS];

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi",
                "How do I bake sourdough bread without a Dutch oven?",
                "SELECT id FROM orders WHERE total > 100;",
                "Schreibe ein Gedicht über den Herbst",
                "Напиши стихотворение об осени",
                "写一首关于秋天的诗",
                "👍"
            })
    void anEmbeddingHasUnitLengthButForRounding(String text) {
        assertThat(cosine(text, text)).isBetween(0.95, 1.05);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n\t ", "\u0000\u200b", "\ud800"})
    void aTextWithoutTokensIsZero(String text) {
        assertThat(embedder.embed(text, LIMIT, sum)).isZero();
        assertThat(sum).containsOnly(0f);
        assertThat(StaticEmbedder.toUnitBytes(sum)).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({
        "how do i bake bread?,HOW DO I BAKE BREAD?",
        "une idee pour l'ete,Une idée pour l'été",
        "write a poem about rain,'  write\ta  poem\n\nabout rain '",
        "write a poem about rain,'write\u200b a poem about ra\u00adin'",
    })
    void caseAccentsSpaceAndInvisibleCharactersMakeNoDifference(String one, String other) {
        assertThat(embed(one)).isEqualTo(embed(other));
    }

    @Test
    void theSameTextGetsTheSameVectorWhateverCameBefore() {
        String text = "Compare the economies of Portugal and Norway in a table.";
        byte[] first = embed(text);
        for (int i = 0; i < 20_000; i++) {
            embed("word" + i + " " + Integer.toString(i, 36));
        }
        assertThat(embed(text)).isEqualTo(first);
        assertThat(new StaticEmbedder().embed(text, LIMIT, sum)).isEqualTo(11);
        assertThat(StaticEmbedder.toUnitBytes(sum)).isEqualTo(first);
    }

    @Test
    void knownTextsKeepTheVectorsTheyHave() {
        assertThat(embed("Write a poem about rain.")).startsWith(19, 11, 11, 20, 24, -45, 25, 8);
        assertThat(embed("写一首关于秋天的诗")).startsWith(9, -14, -3, 3, -9, -9, 3, 3);
    }

    @Test
    void noMoreTokensAreReadThanAllowed() {
        String text = "one two three four five six seven eight";
        assertThat(embedder.embed(text, 3, sum)).isEqualTo(3);
        float[] three = sum.clone();
        embedder.embed("one two three", LIMIT, sum);
        assertThat(sum).containsExactly(three);
        assertThat(embedder.embed(text, 0, sum)).isZero();
        assertThat(embedder.embed("不要超过限制不要超过限制", 4, sum)).isEqualTo(4);
        assertThat(embedder.embed("длинноеслово длинноеслово", 5, sum)).isEqualTo(5);
    }

    @Test
    void theSumOfManyTokensIsExact() {
        embedder.embed("rain", LIMIT, sum);
        float[] one = sum.clone();
        int count = 5_000;
        assertThat(embedder.embed("rain ".repeat(count), count, sum)).isEqualTo(count);
        for (int i = 0; i < sum.length; i++) {
            assertThat(sum[i]).isEqualTo(count * one[i]);
        }
    }

    @Test
    void listeningToAScannerEmbedsTheSame() {
        String text = "Summarise this article: prices rose by 3 % in May.";
        int tokens = embedder.embed(text, LIMIT, sum);
        float[] embedded = sum.clone();
        embedder.begin(LIMIT);
        new WordScanner().scan(text, embedder);
        assertThat(embedder.finish(sum)).isEqualTo(tokens);
        assertThat(sum).containsExactly(embedded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How can I lose weight quickly? | What is the fastest way to shed some pounds? | Which port does the web server use?",
                "Write a short story about a dragon | Compose a brief tale of a dragon and a knight | Convert 20 miles to kilometres",
                "My credit card was declined at the shop | The store refused my bank card | Name three composers of the baroque",
                "Sort a list of integers in Python | python code to order an array of numbers | Tell me about the French revolution",
                "Classify the sentiment of this review as positive or negative | Is the review positive, negative or neutral? | "
                        + "What is the boiling point of ethanol?",
                "What is the capital of Australia? | Name Australia's capital city | Fix the bug in my JavaScript loop",
                "Écris une lettre à mon propriétaire | Une lettre pour le propriétaire de mon appartement | "
                        + "Quelle est la capitale du Pérou ?",
                "Как испечь хлеб дома? | Рецепт домашнего хлеба: как его испечь? | Кто написал этот роман?",
                "كيف أتعلم اللغة العربية بسرعة؟ | أريد أن أتعلم اللغة العربية | ما هو سعر الذهب اليوم؟",
                "请解释一下光合作用的过程 | 光合作用的过程是什么？ | 推荐几家北京的餐馆",
                "日本の首都はどこですか？ | 日本の首都を教えてください。 | パンの作り方を説明して。",
                "한국의 수도는 어디인가요? | 한국의 수도를 알려 주세요 | 빵을 굽는 방법을 설명해 줘",
            })
    void aParaphraseIsNearerThanAnUnrelatedText(String text, String paraphrase, String unrelated) {
        assertThat(cosine(text, paraphrase)).isGreaterThan(cosine(text, unrelated) + 0.15);
    }

    @Test
    void unrelatedTextsInScriptsTheVocabularyDoesNotKnowAreFarApart() {
        for (List<String> texts : List.of(
                List.of(
                        "Сколько стоит билет до Москвы?",
                        "Напиши функцию для сортировки списка",
                        "Объясни второй закон Ньютона"),
                List.of("请解释一下光合作用的过程", "推荐几家北京的餐馆", "把下面的句子翻译成英文"),
                List.of("كيف حالك اليوم يا صديقي", "اكتب قصيدة عن البحر", "ما عاصمة فرنسا"),
                List.of("วันนี้อากาศเป็นอย่างไร", "เขียนบทกวีเกี่ยวกับทะเล", "สองบวกสองเท่ากับเท่าไร"))) {
            for (int i = 0; i < texts.size(); i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(cosine(texts.get(i), texts.get(j)))
                            .as("%s / %s", texts.get(i), texts.get(j))
                            .isLessThan(0.5);
                }
            }
        }
    }

    @Test
    void noiseTheVocabularySpellsLetterByLetterIsToldApart() {
        assertThat(cosine("x7q9z2k4v8", "x7q9z2k4v8")).isGreaterThan(0.95);
        assertThat(cosine("x7q9z2k4v8", "m3w5j1p6y0")).isLessThan(0.4);
    }

    @Test
    void embeddingAllocatesNothingOnceWarm() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] unit = new byte[StaticEmbedder.DIMENSIONS];
        String text = "Explain, in 3 steps, how photosynthesis works; naïve café, привет, 光合作用, 안녕, 😀 ok?";
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 20 && allocated > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                embedder.embed(text, LIMIT, sum);
                StaticEmbedder.quantise(sum, unit);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isZero();
    }

    private byte[] embed(String text) {
        embedder.embed(text, LIMIT, sum);
        return StaticEmbedder.toUnitBytes(sum);
    }

    private double cosine(String one, String other) {
        byte[] a = embed(one);
        byte[] b = embed(other);
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }
        return product / (127 * 127);
    }
}
