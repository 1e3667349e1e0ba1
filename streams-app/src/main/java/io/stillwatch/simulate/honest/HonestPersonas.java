package io.stillwatch.simulate.honest;

import static io.stillwatch.simulate.actor.Behaviour.honest;
import static io.stillwatch.simulate.actor.Footing.CLOUD;
import static io.stillwatch.simulate.actor.Footing.HOME;
import static io.stillwatch.simulate.actor.Footing.OFFICE;

import io.stillwatch.simulate.actor.Behaviour;
import java.util.List;

/** All honest personas. */
public final class HonestPersonas {
    private HonestPersonas() {}

    public static List<Behaviour> all() {
        return List.of(
                honest("chat-user", HOME, "a person at a chat window", ChatUser::cast),
                honest("busy-human", HOME, "a person with hundreds of requests a week", BusyHuman::cast),
                honest("business-chat", OFFICE, "employees with a company assistant", BusinessChat::cast)
                        .inTeamsOf(9),
                honest("support-bot", CLOUD, "a support bot with common questions", SupportBot::cast),
                honest("rag-answers", CLOUD, "answers over a company's documents", RagAnswers::cast),
                honest("search-answers", CLOUD, "a search engine's answers", SearchAnswers::cast),
                honest("sql-assistant", CLOUD, "questions turned into queries", SqlAssistant::cast),
                honest("code-assistant", OFFICE, "a developer with an assistant", CodeAssistant::cast)
                        .inTeamsOf(3),
                honest("ide-completion", OFFICE, "autocompletion in an editor", IdeCompletion::cast)
                        .inTeamsOf(3),
                honest("translation-job", CLOUD, "localisation into several languages", TranslationJob::cast),
                honest("batch-classifier", CLOUD, "classification of reviews, news, tickets", BatchJob::classifier),
                honest("calibrated-classifier", CLOUD, "a classifier that reads probabilities", BatchJob::calibrated),
                honest("moderation", CLOUD, "moderation of comments by rules", BatchJob::moderation),
                honest("summariser", CLOUD, "summaries of reports", BatchJob::summariser),
                honest("newsroom", CLOUD, "agency copy made neutral", BatchJob::newsroom),
                honest("writing-editor", CLOUD, "texts and prompts rewritten", BatchJob::editor),
                honest("agent", CLOUD, "an agent with tools", AgentApp::cast),
                honest("load-test", CLOUD, "the same prompts thousands of times", LoadTest::cast),
                honest("eval-harness", CLOUD, "a known benchmark at temperature 0", EvalHarness::cast),
                honest("judge-pipeline", CLOUD, "nightly grading of one's own product", JudgePipeline::cast),
                honest("reseller", CLOUD, "a platform with many end users", Reseller::cast),
                honest("labelling-team", OFFICE, "annotators with a guideline", LabellingTeam::cast),
                honest("school-class", HOME, "a class with the same homework", SchoolClass::cast)
                        .inTeamsOf(24),
                honest("marketing-generator", CLOUD, "advertising for a catalogue", MarketingGenerator::cast),
                honest("test-data-generator", CLOUD, "made-up records for tests", TestDataGenerator::cast),
                honest("tutoring-app", CLOUD, "step-by-step help for pupils", TutoringApp::cast),
                honest("essay-grading", CLOUD, "essays graded by a rubric", EssayGrading::cast),
                honest("game-npc", CLOUD, "characters of a game", GameNpc::cast),
                honest("voice-assistant", CLOUD, "spoken commands", VoiceAssistant::cast),
                honest("embedding-job", CLOUD, "documents turned into vectors", EmbeddingJob::cast));
    }
}
