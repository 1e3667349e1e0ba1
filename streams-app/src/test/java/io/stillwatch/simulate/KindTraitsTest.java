package io.stillwatch.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.actor.Behaviour;
import io.stillwatch.simulate.actor.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind has the trait it is named for. */
class KindTraitsTest {
    private static final Map<String, List<List<RequestEvent>>> PLAYED = new HashMap<>();

    /** Successful requests of a few accounts of the kind, account by account. */
    private static List<List<RequestEvent>> accounts(String kind) {
        return PLAYED.computeIfAbsent(kind, k -> {
            String key = Kinds.named(k).label() == Label.HONEST ? "persona" : "behaviour";
            Simulator simulator =
                    new Simulator(PlanReader.read("groups: [{" + key + ": " + k + ", accounts: 6, requests: 320}]"));
            Map<String, List<RequestEvent>> byAccount = simulator.stream()
                    .filter(event -> event.getStatus() == 200)
                    .collect(Collectors.groupingBy(RequestEvent::getAccountId));
            return new ArrayList<>(byAccount.values());
        });
    }

    private static List<RequestEvent> all(String kind) {
        return accounts(kind).stream().flatMap(List::stream).toList();
    }

    private static double distinct(List<RequestEvent> events, Function<RequestEvent, ?> what) {
        return events.stream().map(what).distinct().count() / (double) events.size();
    }

    static Stream<String> kinds() {
        return Kinds.all().stream().map(Behaviour::kind);
    }

    static Stream<String> oneShotHarvests() {
        return Stream.of(
                "bulk-instruction-harvest",
                "reasoning-trace-elicitation",
                "capability-sweep",
                "code-harvest",
                "policy-rewriting",
                "templated-augmentation",
                "new-model-pivot",
                "low-and-slow");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noAccountOfAKindSpeaksLikeAnother(String kind) {
        Set<String> longPrompts = new HashSet<>();
        int repeats = 0;
        for (List<RequestEvent> account : accounts(kind)) {
            Set<String> own = account.stream()
                    .map(RequestEvent::getPrompt)
                    .filter(prompt -> prompt.length() > 90)
                    .collect(Collectors.toSet());
            repeats += (int)
                    own.stream().filter(prompt -> !longPrompts.add(prompt)).count();
        }
        // Classes copy their tasks and everybody may run the same benchmark; nobody else shares many long prompts.
        if (!Set.of("school-class", "class", "eval-harness").contains(kind)) {
            assertThat(repeats).isLessThan(20);
        }
    }

    @ParameterizedTest
    @MethodSource("oneShotHarvests")
    void aHarvestAsksEachThingOnceAndNeverFollowsUp(String kind) {
        for (List<RequestEvent> account : accounts(kind)) {
            assertThat(distinct(account, RequestEvent::getPrompt)).isGreaterThan(0.93);
            assertThat(account).allMatch(event -> event.getConversationId() == null && event.getMessages() <= 2);
        }
    }

    @Test
    void aLogprobHarvestAlwaysAsksForProbabilitiesOfATinyAnswer() {
        assertThat(all("logprob-harvest"))
                .allMatch(event -> event.getLogprobs() && event.getTopLogprobs() >= 5 && event.getMaxTokens() <= 8);
    }

    @Test
    void aCalibratedClassifierAsksForFewAlternativesWithOneTemplate() {
        for (List<RequestEvent> account : accounts("calibrated-classifier")) {
            assertThat(account).allMatch(event -> event.getLogprobs() && event.getTopLogprobs() <= 5);
            String prefix = account.get(0).getPrompt().substring(0, 40);
            assertThat(account).allMatch(event -> event.getPrompt().startsWith(prefix));
        }
    }

    @Test
    void bestOfNRepeatsItsPromptsOrAsksForSeveralAnswers() {
        for (List<RequestEvent> account : accounts("best-of-n")) {
            boolean several = account.stream().allMatch(event -> event.getN() != null && event.getN() >= 4);
            assertThat(several || distinct(account, RequestEvent::getPrompt) < 0.25)
                    .isTrue();
            assertThat(account).allMatch(event -> event.getTemperature() > 0);
        }
    }

    @Test
    void rubricGradingKeepsItsRubricAndVariesTheCandidates() {
        for (List<RequestEvent> account : accounts("rubric-grading")) {
            String head = account.get(0).getPrompt().substring(0, 60);
            assertThat(account).allMatch(event -> event.getPrompt().startsWith(head));
            assertThat(distinct(account, RequestEvent::getPrompt)).isGreaterThan(0.95);
            assertThat(account).allMatch(event -> event.getTemperature() == 0 && event.getMaxTokens() == 1024);
        }
    }

    @Test
    void aJudgePipelineReturnsToItsGoldenSetEveryNight() {
        for (List<RequestEvent> account : accounts("judge-pipeline")) {
            assertThat(distinct(account, event -> between(event.getPrompt(), "[Question]", "[Answer]")))
                    .isLessThan(0.55);
        }
    }

    private static String between(String text, String from, String to) {
        return text.substring(text.indexOf(from), text.indexOf(to));
    }

    @Test
    void preferencePairsComeInBothOrders() {
        for (List<RequestEvent> account : accounts("preference-pairs")) {
            Set<String> candidates = account.stream()
                    .map(event -> between(event.getPrompt(), "Response A:\n", "\n\nResponse B:")
                            .substring(12))
                    .collect(Collectors.toSet());
            long swapped = account.stream()
                    .map(event -> event.getPrompt().substring(event.getPrompt().indexOf("Response B:\n") + 12))
                    .filter(candidates::contains)
                    .count();
            assertThat(swapped).isGreaterThan(account.size() * 9L / 10);
        }
    }

    @Test
    void anEvolvedInstructionReappearsGrownInTheNextRequest() {
        for (List<RequestEvent> account : accounts("evolved-instructions")) {
            Set<String> instructions = account.stream()
                    .map(RequestEvent::getPrompt)
                    .map(prompt -> prompt.substring(
                            Math.max(prompt.indexOf("#Prompt#\n") + 9, prompt.indexOf("Given instruction:\n") + 19)))
                    .collect(Collectors.toSet());
            long grown = instructions.stream()
                    .filter(text -> instructions.stream()
                            .anyMatch(other -> other.length() > text.length() && other.startsWith(text)))
                    .count();
            assertThat(grown).isGreaterThan(instructions.size() / 2L);
        }
    }

    @Test
    void reasoningIsAskedForAtLengthWithRoomForIt() {
        assertThat(all("reasoning-trace-elicitation")).allMatch(event -> event.getMaxTokens() == 8192);
        assertThat(all("reasoning-trace-elicitation").stream()
                        .mapToLong(RequestEvent::getOutputTokens)
                        .average()
                        .orElseThrow())
                .isGreaterThan(1_200);
        assertThat(all("reasoning-trace-elicitation"))
                .anyMatch(event -> Boolean.TRUE.equals(event.getAnswerInPrompt()));
    }

    @Test
    void aCapabilitySweepTouchesEveryFamilyAlike() {
        for (List<RequestEvent> account : accounts("capability-sweep")) {
            long options = account.stream()
                    .filter(event -> event.getPrompt().contains("True")
                            || event.getPrompt().contains("Options:"))
                    .count();
            assertThat(options).isBetween(10L, 100L);
        }
    }

    @Test
    void aMultilingualSweepAsksTheSameThingsInManyLanguages() {
        for (List<RequestEvent> account : accounts("multilingual-sweep")) {
            // One language alone has seven tasks, each with its own first word.
            Set<String> beginnings = account.stream()
                    .map(event -> event.getPrompt().substring(0, 2))
                    .collect(Collectors.toSet());
            assertThat(beginnings).hasSizeGreaterThan(10);
        }
        assertThat(all("multilingual-sweep"))
                .anyMatch(event -> event.getPrompt().startsWith("请用"))
                .anyMatch(event -> event.getPrompt().contains(" mots"))
                .anyMatch(event -> event.getPrompt().contains(" Wörtern"));
    }

    @Test
    void agenticHarvestsShareOneSetOfToolsAndRestartTheirTasks() {
        for (List<RequestEvent> account : accounts("agentic-harvest")) {
            assertThat(account.stream().map(RequestEvent::getToolsHash).distinct())
                    .hasSize(1);
            List<RequestEvent> tasks =
                    account.stream().filter(event -> event.getTurn() == 0).toList();
            assertThat(distinct(tasks, RequestEvent::getPrompt)).isLessThan(0.8);
        }
    }

    @Test
    void aPivotMovesToTheNewModelForGood() {
        for (List<RequestEvent> account : accounts("new-model-pivot")) {
            List<String> models = account.stream().map(RequestEvent::getModel).toList();
            int moved = models.indexOf("harbor-3");
            assertThat(moved).isBetween(1, models.size() - 1);
            assertThat(models.subList(moved, models.size())).containsOnly("harbor-3");
        }
    }

    @Test
    void someHonestApplicationsMoveToTheNewModelToo() {
        Simulator simulator =
                new Simulator(PlanReader.read("groups: [{persona: batch-classifier, accounts: 60, requests: 200}]"));
        Map<String, Set<String>> models = simulator.stream()
                .collect(Collectors.groupingBy(
                        RequestEvent::getAccountId, Collectors.mapping(RequestEvent::getModel, Collectors.toSet())));

        assertThat(models.values().stream().filter(set -> set.size() > 1).count())
                .isBetween(2L, 15L);
    }

    @Test
    void aLoadTestSendsAHandfulOfPromptsOverAndOver() {
        for (List<RequestEvent> account : accounts("load-test")) {
            assertThat(account.stream().map(RequestEvent::getPrompt).distinct()).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void aBenchmarkIsTheSameForEverybodyWhoRunsIt() {
        Map<String, Integer> seen = new HashMap<>();
        for (List<RequestEvent> account : accounts("eval-harness")) {
            assertThat(account).allMatch(event -> event.getTemperature() == 0);
            account.stream()
                    .map(RequestEvent::getPrompt)
                    .distinct()
                    .forEach(prompt -> seen.merge(prompt, 1, Integer::sum));
        }
        assertThat(seen.values()).anyMatch(accounts -> accounts > 1);
    }

    @Test
    void aSupportBotHasOneSystemPromptAndPopularQuestions() {
        for (List<RequestEvent> account : accounts("support-bot")) {
            assertThat(account.stream().map(RequestEvent::getSystem).distinct()).hasSize(1);
            assertThat(distinct(account, RequestEvent::getPrompt)).isBetween(0.2, 0.9);
        }
    }

    @Test
    void answersOverDocumentsReturnToTheirPassages() {
        for (List<RequestEvent> account : accounts("rag-answers")) {
            List<String> passages = account.stream()
                    .flatMap(event -> Stream.of(event.getPrompt().split("\n\n", -1)))
                    .filter(part -> part.startsWith("["))
                    .toList();
            assertThat(Set.copyOf(passages).size() / (double) passages.size()).isLessThan(0.8);
            assertThat(account).allMatch(event -> event.getPrompt().length() > 600);
        }
    }

    @Test
    void aSchemaStandsInFrontOfEveryFirstQuestion() {
        assertThat(all("sql-assistant"))
                .filteredOn(event -> event.getTurn() == 0)
                .allMatch(event -> event.getPrompt().startsWith("CREATE TABLE"));
    }

    @Test
    void classifiersAndTranslatorsRunAtTemperatureZeroWithShortAnswers() {
        for (String kind : List.of("batch-classifier", "translation-job", "moderation")) {
            assertThat(all(kind)).allMatch(event -> event.getTemperature() == 0 && event.getOutputTokens() <= 300);
        }
    }

    @Test
    void completionsAreShortAndTheirFilesComeBack() {
        assertThat(all("ide-completion"))
                .allMatch(event -> event.getOperation().equals("text_completion") && event.getMaxTokens() == 64);
    }

    @Test
    void aResellerHasManyEndUsersAndTalksWithThem() {
        for (List<RequestEvent> account : accounts("reseller")) {
            assertThat(account.stream().map(RequestEvent::getEndUserId).distinct())
                    .hasSizeGreaterThan(40);
            assertThat(account).anyMatch(event -> event.getTurn() > 0);
        }
    }

    @Test
    void aClassCopiesItsHomeworkWordForWord() {
        Map<String, Integer> pupils = new HashMap<>();
        for (List<RequestEvent> account : accounts("school-class")) {
            account.stream()
                    .map(RequestEvent::getPrompt)
                    .filter(prompt -> prompt.length() > 50)
                    .distinct()
                    .forEach(prompt -> pupils.merge(prompt, 1, Integer::sum));
        }
        assertThat(pupils.values()).anyMatch(count -> count >= 4);
    }

    @Test
    void peopleHoldConversations() {
        for (String kind : List.of("chat-user", "busy-human", "business-chat", "code-assistant")) {
            double turns =
                    all(kind).stream().filter(event -> event.getMessages() > 2).count()
                            / (double) all(kind).size();
            assertThat(turns).as(kind).isGreaterThan(0.25);
        }
    }

    @Test
    void aChatAccountRepeatsSmallTalkButNotItsQuestions() {
        Simulator simulator =
                new Simulator(PlanReader.read("groups: [{persona: chat-user, accounts: 60, requests: [30, 300]}]"));
        Map<String, List<RequestEvent>> byAccount = simulator.stream()
                .filter(e -> e.getStatus() == 200)
                .collect(Collectors.groupingBy(RequestEvent::getAccountId));

        byAccount.values().forEach(account -> {
            List<RequestEvent> questions = account.stream()
                    .filter(event -> event.getPrompt()
                                    .codePointCount(0, event.getPrompt().length())
                            > 40)
                    .toList();
            if (questions.size() > 10) {
                assertThat(distinct(questions, RequestEvent::getPrompt)).isGreaterThan(0.8);
            }
        });
    }

    @Test
    void thePromptsOfPeopleAreAsLongAndAsVariedInLengthAsRealOnes() {
        List<Integer> lengths = new Simulator(
                        PlanReader.read("groups: [{persona: chat-user, accounts: 200, requests: [10, 60]}]"))
                .stream()
                        .filter(event -> event.getMessages() == 1)
                        .map(event -> event.getPrompt().length())
                        .sorted()
                        .toList();

        // Quartiles and tail of public chat logs: medians of 50 to 140 characters, one in twenty above 150 to 1,700.
        assertThat(lengths.get(lengths.size() / 2)).isBetween(50, 140);
        assertThat(lengths.get(lengths.size() * 95 / 100)).isBetween(250, 1700);
    }
}
