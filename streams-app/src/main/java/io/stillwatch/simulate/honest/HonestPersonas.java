package io.stillwatch.simulate.honest;

import static io.stillwatch.simulate.actor.Behaviour.honest;
import static io.stillwatch.simulate.actor.Footing.APART;
import static io.stillwatch.simulate.actor.Footing.APP;
import static io.stillwatch.simulate.actor.Footing.CLOUD;
import static io.stillwatch.simulate.actor.Footing.HOME;
import static io.stillwatch.simulate.actor.Footing.OFFICE;
import static io.stillwatch.simulate.actor.Footing.SCHOOL;
import static io.stillwatch.simulate.actor.Footing.SITE;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Behaviour;
import io.stillwatch.simulate.actor.SignUps;
import java.util.List;
import java.util.function.Function;

/** All honest personas. */
public final class HonestPersonas {
    private HonestPersonas() {}

    private static Behaviour application(String kind, String description, Function<Account, Actor> casting) {
        return honest(kind, CLOUD, description, ModelUpgrade.forSome(casting));
    }

    private static Function<Account, Actor> crowd(Manner manner) {
        return account -> CrowdApp.cast(account, manner);
    }

    private static Function<Account, Actor> mill(TextMill.Work work) {
        return account -> TextMill.cast(account, work);
    }

    public static List<Behaviour> all() {
        return List.of(
                honest("chat-user", HOME, "a person at a chat window", ChatUser::cast),
                honest("busy-human", HOME, "a person with hundreds of requests a week", BusyHuman::cast),
                honest("business-chat", OFFICE, "employees with a company assistant", BusinessChat::cast)
                        .inTeamsOf(9),
                application("support-bot", "a support bot with common questions", SupportBot::cast),
                application("rag-answers", "answers over a company's documents", RagAnswers::cast),
                application("search-answers", "a search engine's answers", SearchAnswers::cast),
                application("sql-assistant", "questions turned into queries", SqlAssistant::cast),
                honest("code-assistant", OFFICE, "a developer with an assistant", CodeAssistant::cast)
                        .inTeamsOf(3),
                honest("ide-completion", OFFICE, "autocompletion in an editor", IdeCompletion::cast)
                        .inTeamsOf(3),
                application("translation-job", "localisation into several languages", TranslationJob::cast),
                application("batch-classifier", "classification of reviews, news, tickets", BatchJob::classifier),
                application("calibrated-classifier", "a classifier that reads probabilities", BatchJob::calibrated),
                application("moderation", "moderation of comments by rules", BatchJob::moderation),
                application("summariser", "summaries of reports", BatchJob::summariser),
                application("newsroom", "agency copy made neutral", BatchJob::newsroom),
                application("writing-editor", "texts and prompts rewritten", BatchJob::editor),
                application("agent", "an agent with tools", AgentApp::cast),
                honest("load-test", CLOUD, "the same prompts thousands of times", LoadTest::cast),
                honest("eval-harness", CLOUD, "a known benchmark at temperature 0", EvalHarness::cast),
                application("judge-pipeline", "nightly grading of one's own product", JudgePipeline::cast),
                application("reseller", "a platform with many end users", Reseller::cast),
                honest("labelling-team", OFFICE, "annotators with a guideline", LabellingTeam::cast),
                honest("school-class", HOME, "a class with the same homework", SchoolClass::cast)
                        .inTeamsOf(24),
                application("marketing-generator", "advertising for a catalogue", MarketingGenerator::cast),
                application("test-data-generator", "made-up records for tests", TestDataGenerator::cast),
                application("tutoring-app", "step-by-step help for pupils", TutoringApp::cast),
                application("essay-grading", "essays graded by a rubric", EssayGrading::cast),
                application("game-npc", "characters of a game", GameNpc::cast),
                application("voice-assistant", "spoken commands", VoiceAssistant::cast),
                application("channel-bot", "a bot in a channel, nobody named", crowd(Manner.CHANNEL)),
                application(
                        "named-channel-bot", "a bot in a channel that says who writes", crowd(Manner.NAMED_CHANNEL)),
                application("help-desk", "a help desk, one question each", crowd(Manner.DESK)),
                application("chat-product", "a small chat product without ids", crowd(Manner.CHAT)),
                application("user-platform", "a platform that says who asks", crowd(Manner.PLATFORM)),
                application("bare-reseller", "a reseller that names nobody", crowd(Manner.RESELLER)),
                application("stepwise-product", "a template that says step by step", crowd(Manner.STEPWISE)),
                application("language-support", "support in many languages", crowd(Manner.LANGUAGES)),
                application("article-writer", "articles at scale", mill(TextMill.Work.ARTICLES)),
                application("flash-cards", "study cards at scale", mill(TextMill.Work.CARDS)),
                application("listing-writer", "product listings at scale", mill(TextMill.Work.LISTINGS)),
                application("dialogue-writer", "lines of a game", mill(TextMill.Work.DIALOGUE)),
                application("digest", "summaries of messages", mill(TextMill.Work.DIGESTS)),
                application("extractor", "fields out of letters", mill(TextMill.Work.EXTRACTS)),
                application("comment-checker", "comments checked by rules", mill(TextMill.Work.CHECKS)),
                application("page-translator", "pages translated", mill(TextMill.Work.TRANSLATIONS)),
                honest("embedding-job", CLOUD, "documents turned into vectors", EmbeddingJob::cast),
                honest("shared-account", HOME, "strangers at one account", SharedAccount::cast),
                honest("company", SITE, "employees with one tool behind one network", CompanyTool::cast)
                        .inTeamsOf(500),
                honest("class", SCHOOL, "a class that does the same tasks in its lessons", ClassLesson::cast)
                        .inTeamsOf(28)
                        .signedUp(SignUps.AT_ONCE),
                honest("popular-app", APP, "users of one app with accounts of their own", PopularApp::cast)
                        .inTeamsOf(Behaviour.WHOLE_GROUP)
                        .signedUp(SignUps.GROWING),
                honest(
                                "outage-app",
                                APP,
                                "users of one app whose clients all ask again after an outage",
                                OutageApp::cast)
                        .inTeamsOf(Behaviour.WHOLE_GROUP),
                honest("hourly-plug-in", APP, "shops with one plug-in that runs on the hour", HourlyPlugIn::cast)
                        .inTeamsOf(Behaviour.WHOLE_GROUP),
                honest("viral-prompt", APART, "people who try out the same prompt", ViralPrompt::cast)
                        .inTeamsOf(Behaviour.WHOLE_GROUP));
    }
}
