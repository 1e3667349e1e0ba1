package io.stillwatch.profile;

import static io.stillwatch.profile.FeatureUnit.CHARACTERS;
import static io.stillwatch.profile.FeatureUnit.COSINE;
import static io.stillwatch.profile.FeatureUnit.COUNT;
import static io.stillwatch.profile.FeatureUnit.DAYS;
import static io.stillwatch.profile.FeatureUnit.HOURS;
import static io.stillwatch.profile.FeatureUnit.RATIO;
import static io.stillwatch.profile.FeatureUnit.SHARE;
import static io.stillwatch.profile.FeatureUnit.TOKENS;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.Company.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Every feature there is, each declared once; {@code features.md} and the signatures' variables come from here. */
public final class Features {
    private static final int FEWEST_BEFORE = 50;
    private static final double DAY_MS = 86_400_000;
    private static final String UNIT_RANGE = "[0, 1]";
    private static final String NON_NEGATIVE = "[0, ∞)";

    private static final String DEFINITION = "definition";
    private static final String QUANTILE = "Nearest rank (Hyndman and Fan 1996, type 1) on a histogram";
    private static final String DISTINCT = "UltraLogLog (Ertl 2023, arXiv 2308.16862), maximum likelihood";
    private static final String SAMPLED = "Bottom-k sample (Cohen and Kaplan 2007)";
    private static final String SIMPSON = "Simpson 1949; AMS sketch (Alon, Matias, Szegedy 1996)";

    private static final Map<String, Feature> BY_NAME = byName();

    private Features() {}

    /** All features in the order of the documentation. */
    public static List<Feature> all() {
        return List.copyOf(BY_NAME.values());
    }

    public static Optional<Feature> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Every declaration, so that a name declared twice can be told. */
    static List<Feature> declared() {
        List<Feature> list = new ArrayList<>();
        volume(list);
        diversity(list);
        account(list);
        interaction(list);
        parameters(list);
        company(list);
        comparisons(list);
        campaign(list);
        evidence(list);
        completeness(list);
        for (Marker marker : Marker.values()) {
            list.add(Feature.ofProfile(
                    marker.id() + "_share",
                    SHARE,
                    UNIT_RANGE,
                    "Share of the prompts of which one " + marker.meaning() + ".",
                    "Phrases and shapes of markers.yaml",
                    "{} of the prompts: the prompt " + marker.meaning(),
                    profile -> ratio(profile.marked(marker), profile.counts.get(Count.WITH_PROMPT))));
        }
        return list;
    }

    private static Map<String, Feature> byName() {
        Map<String, Feature> byName = new LinkedHashMap<>();
        for (Feature feature : declared()) {
            byName.put(feature.name(), feature);
        }
        return Collections.unmodifiableMap(byName);
    }

    private static void volume(List<Feature> list) {
        list.add(Feature.ofProfile(
                "requests",
                COUNT,
                NON_NEGATIVE,
                "Requests in the window.",
                DEFINITION,
                "{} requests",
                Profile::requests));
        list.add(Feature.ofProfile(
                "active_hours",
                HOURS,
                NON_NEGATIVE,
                "Clock hours with at least one request.",
                DEFINITION,
                "active in {} different hours",
                profile -> profile.active.hours()));
        list.add(Feature.ofProfile(
                "hours_of_day",
                HOURS,
                "[0, 24]",
                "Different hours of the day (UTC) with at least one request.",
                DEFINITION,
                "active in {} hours of the day",
                profile -> profile.active.hoursOfDay()));
        list.add(Feature.ofProfile(
                "longest_pause",
                HOURS,
                NON_NEGATIVE,
                "Longest run of whole clock hours without a request between the first and the last one.",
                DEFINITION,
                "never silent for more than {} hours",
                profile -> profile.active.longestPauseHours()));
        list.add(Feature.ofProfile(
                "requests_per_active_hour",
                COUNT,
                NON_NEGATIVE,
                "Requests over active hours.",
                DEFINITION,
                "{} requests in an active hour",
                profile -> ratio(profile.requests(), profile.active.hours())));
        list.add(Feature.ofProfile(
                "requests_per_active_minute",
                COUNT,
                NON_NEGATIVE,
                "Requests over minutes with at least one; a person seldom passes 2.",
                DEFINITION,
                "{} requests in an active minute",
                profile -> ratio(profile.requests(), profile.active.minutes())));
        list.add(sum("input_tokens", TOKENS, Sum.INPUT_TOKENS, "Prompt tokens billed.", "{} prompt tokens"));
        list.add(sum("output_tokens", TOKENS, Sum.OUTPUT_TOKENS, "Answer tokens billed.", "{} answer tokens"));
        list.add(Feature.ofProfile(
                "output_per_request",
                TOKENS,
                NON_NEGATIVE,
                "Mean answer tokens of the requests whose answer length is known.",
                DEFINITION,
                "answers of {} tokens on average",
                profile -> ratio(profile.outputTokens(), profile.counts.get(Count.OUTPUT_KNOWN))));
        list.add(Feature.ofProfile(
                "answer_length_median",
                TOKENS,
                NON_NEGATIVE,
                "Median answer tokens, within 19 %.",
                QUANTILE,
                "a median answer of {} tokens",
                profile -> profile.answerTokens.quantile(0.5)));
        list.add(Feature.ofProfile(
                "answer_length_p90",
                TOKENS,
                NON_NEGATIVE,
                "90th percentile of answer tokens, within 19 %.",
                QUANTILE,
                "a tenth of the answers over {} tokens",
                profile -> profile.answerTokens.quantile(0.9)));
        list.add(Feature.ofProfile(
                "prompt_length_median",
                CHARACTERS,
                NON_NEGATIVE,
                "Median prompt length, within 19 %.",
                QUANTILE,
                "a median prompt of {} characters",
                profile -> profile.promptCharacters.quantile(0.5)));
        list.add(Feature.ofProfile(
                "prompt_length_p90",
                CHARACTERS,
                NON_NEGATIVE,
                "90th percentile of prompt length, within 19 %.",
                QUANTILE,
                "a tenth of the prompts over {} characters",
                profile -> profile.promptCharacters.quantile(0.9)));
        list.add(Feature.ofProfile(
                "output_input_ratio",
                RATIO,
                NON_NEGATIVE,
                "Answer tokens over prompt tokens.",
                DEFINITION,
                "{} answer tokens for each prompt token",
                profile -> ratio(profile.outputTokens(), profile.counts.get(Sum.INPUT_TOKENS))));
        list.add(Feature.ofProfile(
                "reasoning_token_share",
                SHARE,
                UNIT_RANGE,
                "Hidden reasoning tokens over answer tokens.",
                DEFINITION,
                "{} of the answer tokens are hidden reasoning",
                profile -> Math.min(1, ratio(profile.counts.get(Sum.REASONING_TOKENS), profile.outputTokens()))));
        list.add(share("failed_share", Count.FAILED, "Share of requests answered with an HTTP error.", "{} failed"));
    }

    private static void diversity(List<Feature> list) {
        list.add(Feature.ofProfile(
                "prompt_novelty",
                SHARE,
                UNIT_RANGE,
                "Different prompts over prompts, exact up to 128 different ones, then ±3.4 % at one standard error;"
                        + " exactly 1 when no prompt recurs among 32 sampled ones and the sketch agrees.",
                "Bottom-k sample (Cohen and Kaplan 2007) and UltraLogLog (Ertl 2023), weighted by inverse variance",
                "{} of the prompts are new",
                Features::prompts));
        list.add(Feature.ofProfile(
                "distinct_prompts",
                COUNT,
                NON_NEGATIVE,
                "Different prompts, exact up to 128, then ±3.4 % at one standard error.",
                DISTINCT,
                "{} different prompts",
                profile -> profile.prompts.estimateDistinct()));
        list.add(Feature.ofProfile(
                "distinct_skeletons",
                COUNT,
                NON_NEGATIVE,
                "Different prompts once numbers, names, quotations, code and URLs are taken out; exact up to 64, then ±4.8 %"
                        + " at one standard error.",
                DISTINCT,
                "{} different skeletons",
                profile -> profile.skeletons.estimate()));
        list.add(Feature.ofProfile(
                "shingle_novelty",
                SHARE,
                UNIT_RANGE,
                "Different smallest shingles over prompts that have one: low when wording recurs, as two prompts share"
                        + " their smallest three-word shingle with the probability that they share any given one. ±9.5 % at one"
                        + " standard error.",
                "MinHash (Broder 1997), counted by UltraLogLog (Ertl 2023)",
                "{} of the prompts have wording of their own",
                profile -> Math.min(
                        1, ratio(profile.company.estimate(Kind.SHINGLES), profile.counts.get(Count.WITH_SHINGLES)))));
        list.add(Feature.ofProfile(
                "repeats_per_prompt",
                COUNT,
                "[1, ∞)",
                "Mean times that a different prompt was sent, from 32 sampled ones.",
                SAMPLED,
                "each prompt sent {} times",
                profile -> profile.prompts.meanRepeats()));
        list.add(Feature.ofProfile(
                "repeated_share",
                SHARE,
                UNIT_RANGE,
                "Share of the different prompts that were sent more than once.",
                SAMPLED,
                "{} of the prompts sent more than once",
                profile -> profile.prompts.repeatedShare()));
        list.add(Feature.ofProfile(
                "repeat_evenness",
                SHARE,
                UNIT_RANGE,
                "How equally often prompts are repeated: 1 / (1 + squared coefficient of variation).",
                "Kish's effective sample size over its size (Kish 1965), on the bottom-k sample",
                "repeats spread evenly ({})",
                profile -> profile.prompts.evenness()));
        list.add(Feature.ofProfile(
                "prompt_concentration",
                SHARE,
                UNIT_RANGE,
                "Probability that two requests have the same prompt; exact below 32 different ones.",
                SIMPSON,
                "{} chance that two prompts are the same",
                profile -> profile.prompts.concentration()));
        list.add(Feature.ofProfile(
                "head_concentration",
                SHARE,
                UNIT_RANGE,
                "Probability that two prompts open with the same template.",
                SIMPSON,
                "{} chance that two prompts open alike",
                profile -> profile.heads.estimate()));
        list.add(Feature.ofProfile(
                "tail_concentration",
                SHARE,
                UNIT_RANGE,
                "Probability that two prompts close with the same template.",
                SIMPSON,
                "{} chance that two prompts close alike",
                profile -> profile.tails.estimate()));
        list.add(Feature.ofProfile(
                "template_concentration",
                SHARE,
                UNIT_RANGE,
                "The larger of head and tail concentration.",
                SIMPSON,
                "{} chance that two prompts share a template",
                profile -> larger(profile.heads.estimate(), profile.tails.estimate())));
        list.add(Feature.ofProfile(
                "similarity",
                COSINE,
                "[-1, 1]",
                "Mean cosine of two different prompts' embeddings, from the kernel mean sketch.",
                "Kernel mean embedding, linear kernel (Gretton et al. 2012, JMLR 13), U-statistic",
                "prompts resemble each other by {}",
                profile -> profile.kernelMean.meanPairwiseSimilarity()));
        list.add(Feature.ofProfile(
                "topic_spread",
                SHARE,
                UNIT_RANGE,
                "Evenness of the prompts over 64 topic cells: entropy over its maximum.",
                "Pielou's evenness (Pielou 1966) of Shannon entropy; cells by random-hyperplane hashing (Charikar 2002)",
                "spread over the topics at {}",
                profile -> profile.kernelMean.spread()));
        list.add(Feature.ofProfile(
                "topic_cells",
                COUNT,
                "[0, 64]",
                "Topic cells with at least one prompt.",
                "Random-hyperplane hashing (Charikar 2002)",
                "{} of 64 topic cells",
                profile -> profile.kernelMean.occupiedCells()));
        list.add(Feature.ofProfile(
                "language_concentration",
                SHARE,
                UNIT_RANGE,
                "Probability that two prompts are in the same language; low when several languages are used alike.",
                "Simpson 1949",
                "{} chance that two prompts are in the same language",
                profile -> profile.languages.concentration()));
        list.add(Feature.ofProfile(
                "distinct_languages",
                COUNT,
                NON_NEGATIVE,
                "Languages guessed among the prompts.",
                DEFINITION,
                "{} languages",
                profile -> profile.languages.languages()));
    }

    private static void account(List<Feature> list) {
        list.add(new Feature(
                "strand_share",
                SHARE,
                UNIT_RANGE,
                "Share of the account's requests that the signature reads: 1 unless it reads a strand.",
                DEFINITION,
                "{} of the account's requests",
                subject -> ratio(subject.profile().requests(), subject.whole().requests())));
        list.add(new Feature(
                "account_prompt_novelty",
                SHARE,
                UNIT_RANGE,
                "Prompt novelty of all the account's requests, also where a signature reads a strand.",
                "As prompt_novelty",
                "{} of all the account's prompts are new",
                subject -> prompts(subject.whole())));
        list.add(new Feature(
                "new_model_share",
                SHARE,
                UNIT_RANGE,
                "Share of the account's requests in a window of at most two days to models that it had not asked before in"
                        + " the week; no value when the week has fewer than 50 other requests.",
                DEFINITION,
                "{} of the requests moved to a new model",
                Features::newModels));
    }

    /** NaN where the week before the window has too little to tell what is new. */
    private static double newModels(Subject subject) {
        if (subject.week().isEmpty()) {
            return Double.NaN;
        }
        Profile window = subject.whole();
        Profile week = subject.week().get().get().whole();
        return week.requests() - window.requests() < FEWEST_BEFORE
                ? Double.NaN
                : ratio(window.models.newIn(week.models), window.models.total());
    }

    private static double prompts(Profile profile) {
        return profile.prompts.novelty(profile.counts.get(Count.WITH_PROMPT));
    }

    private static void interaction(List<Feature> list) {
        list.add(Feature.ofProfile(
                "single_turn_share",
                SHARE,
                UNIT_RANGE,
                "Share of requests that follow no earlier turn.",
                DEFINITION,
                "{} are single-turn",
                profile -> 1 - ratio(profile.counts.get(Count.FOLLOW_UPS), profile.requests())));
        list.add(share(
                "conversation_share",
                Count.IN_CONVERSATION,
                "Share of requests that belong to a conversation the client named.",
                "{} belong to a conversation"));
        list.add(Feature.ofProfile(
                "conversation_continuity",
                SHARE,
                "[-1, 1]",
                "How much more alike two prompts of a named conversation are than any two: about 0 where its turns have"
                        + " nothing to do with each other; no value below 50 such prompts or 1.5 a conversation.",
                "Intraclass correlation by a tug-of-war sketch of embeddings (Alon, Matias, Szegedy 1996) and the design"
                        + " effect (Kish 1965)",
                "the turns of a conversation belong together by {}",
                Features::continuity));
        list.add(Feature.ofProfile(
                "turns_per_conversation",
                COUNT,
                "[1, ∞)",
                "Mean requests of a conversation that the client named.",
                DEFINITION,
                "{} turns in a conversation",
                profile -> profile.counts.get(Count.IN_CONVERSATION) == 0
                        ? Double.NaN
                        : Math.max(
                                1,
                                profile.counts.get(Count.IN_CONVERSATION)
                                        / profile.company.estimate(Kind.CONVERSATIONS))));
        list.add(share("system_share", Count.WITH_SYSTEM, "Share with system instructions.", "{} carry instructions"));
        list.add(share("stream_share", Count.STREAMED, "Share with a streamed answer.", "{} stream the answer"));
        list.add(share("tools_share", Count.WITH_TOOLS, "Share that offers tools.", "{} offer tools"));
        list.add(share(
                "cache_read_share",
                Count.CACHE_READS,
                "Share of requests that read prompt tokens from the cache.",
                "{} read from the prompt cache"));
        list.add(share(
                "end_user_share",
                Count.WITH_END_USER,
                "Share of requests that name an end user.",
                "{} name an end user"));
    }

    private static double continuity(Profile profile) {
        return profile.promptMean()
                .map(mean -> profile.continuity.correlation(mean, profile.company.estimate(Kind.CONVERSATIONS)))
                .orElse(Double.NaN);
    }

    private static void parameters(List<Feature> list) {
        list.add(share(
                "logprobs_share",
                Count.WITH_LOGPROBS,
                "Share that asks for log-probabilities.",
                "{} ask for log-probabilities"));
        list.add(share(
                "several_samples_share",
                Count.SEVERAL_SAMPLES,
                "Share that asks for several answers (n > 1).",
                "{} ask for several answers at once"));
        list.add(Feature.ofProfile(
                "samples_per_request",
                COUNT,
                "[1, ∞)",
                "Mean answers asked for per request (n).",
                DEFINITION,
                "{} answers asked for per request",
                profile -> ratio(profile.counts.get(Sum.SAMPLES), profile.requests())));
        list.add(Feature.ofProfile(
                "temperature_mean",
                RATIO,
                NON_NEGATIVE,
                "Mean temperature of the requests that set one.",
                DEFINITION,
                "a mean temperature of {}",
                profile -> ratio(profile.counts.get(Sum.TEMPERATURE_MILLIS), profile.counts.get(Count.TEMPERATURE_SET))
                        / 1_000));
        list.add(share(
                "temperature_set_share",
                Count.TEMPERATURE_SET,
                "Share that sets a temperature.",
                "{} set a temperature"));
        list.add(share(
                "temperature_zero_share", Count.TEMPERATURE_ZERO, "Share with temperature 0.", "{} at temperature 0"));
        list.add(share("limit_set_share", Count.LIMIT_SET, "Share that sets an answer limit.", "{} set a limit"));
        list.add(share(
                "limit_tiny_share",
                Count.LIMIT_TINY,
                "Share with an answer limit of at most 16 tokens.",
                "{} limit the answer to a few tokens"));
        list.add(share(
                "limit_large_share",
                Count.LIMIT_LARGE,
                "Share with an answer limit of 1,000 tokens or more.",
                "{} make room for long answers"));
        list.add(share(
                "limit_hit_share",
                Count.LIMIT_HIT,
                "Share of answers cut at the limit.",
                "{} of the answers cut at the limit"));
        list.add(share("stop_share", Count.WITH_STOPS, "Share with stop sequences.", "{} set stop sequences"));
    }

    private static void company(List<Feature> list) {
        list.add(distinct(
                "distinct_models",
                "Models asked; as all counts of company, exact up to 16, then ±9.5 % at one standard error.",
                "{} models",
                Kind.MODELS));
        list.add(distinct(
                "distinct_systems", "Different system instructions.", "{} different instructions", Kind.SYSTEMS));
        list.add(distinct("distinct_tool_sets", "Different tool definitions.", "{} tool sets", Kind.TOOL_SETS));
        list.add(distinct(
                "distinct_conversations", "Conversations the client named.", "{} conversations", Kind.CONVERSATIONS));
        list.add(distinct("distinct_end_users", "End users named.", "{} end users", Kind.END_USERS));
        list.add(distinct("distinct_api_keys", "API keys used.", "{} API keys", Kind.API_KEYS));
        list.add(distinct("distinct_networks", "Networks the requests came from.", "{} networks", Kind.NETWORKS));
        list.add(distinct("distinct_clients", "Client kinds used.", "{} client kinds", Kind.CLIENTS));
        list.add(Feature.ofProfile(
                "account_age",
                DAYS,
                "(-∞, ∞)",
                "Days between sign-up, to the minute, and the last request; no value when the sign-up is unknown.",
                DEFINITION,
                "an account of {} days",
                profile -> profile.createdMinute == Long.MIN_VALUE
                        ? Double.NaN
                        : (profile.lastMs - (double) profile.createdMinute * Profile.MINUTE_MS) / DAY_MS));
    }

    private static void comparisons(List<Feature> list) {
        list.add(new Feature(
                "distance",
                RATIO,
                NON_NEGATIVE,
                "How far the prompts lie from the population's, in units of the spread between honest accounts; about 1"
                        + " for a usual account, no value below 50 prompts.",
                "Maximum mean discrepancy, linear kernel on whitened embeddings (Gretton et al. 2012, JMLR 13),"
                        + " U-statistic",
                "{} times as far from the usual prompts as accounts are",
                subject -> subject.comparisons().get(Comparisons.Kind.DISTANCE)));
        list.add(new Feature(
                "drift",
                RATIO,
                "(-∞, ∞)",
                "Squared change of the prompts against the account's own first 200 or more, which span a day, in units of"
                        + " what is usual for such accounts and chance; no value below 100 later prompts, nor for a strand.",
                "Maximum mean discrepancy of two samples (Gretton et al. 2012, JMLR 13), U-statistic",
                "prompts changed {} times as much as is usual",
                subject -> subject.comparisons().get(Comparisons.Kind.DRIFT)));
        list.add(new Feature(
                "answer_length_ratio",
                RATIO,
                NON_NEGATIVE,
                "Length of the answers over what the baseline's accounts get of the same models, by geometric means; no"
                        + " value below 16 answers.",
                "Indirect standardisation (Breslow and Day 1987, chapter 2), on logarithms in steps of √2",
                "answers {} times as long as these models usually give",
                subject -> subject.comparisons().get(Comparisons.Kind.ANSWER_LENGTH)));
        list.add(mixture(
                "kits_share",
                Comparisons.Kind.KITS,
                "known harvesting kits, alone or beside the account's own first prompts",
                "{} like known harvesting kits"));
        list.add(mixture(
                "enrolled_share",
                Comparisons.Kind.ENROLLED,
                "the account's own enrolment",
                "{} as enrolled for the account"));
        list.add(mixture("public_share", Comparisons.Kind.PUBLIC, "the general public", "{} like the general public"));
        list.add(mixture("unknown_share", Comparisons.Kind.UNKNOWN, "nothing known", "{} like nothing known"));
    }

    private static void campaign(List<Feature> list) {
        list.add(trait(
                "campaign_accounts",
                COUNT,
                NON_NEGATIVE,
                "Accounts of the campaign that made such requests; no value for an account.",
                DEFINITION,
                "{} accounts",
                CampaignTraits::accounts));
        list.add(trait(
                "new_accounts_share",
                SHARE,
                UNIT_RANGE,
                "Share of the campaign's accounts that had been signed up for less than a month when first seen; no value"
                        + " for an account or where sign-up times are unknown.",
                DEFINITION,
                "{} of the accounts new",
                CampaignTraits::newAccounts));
        list.add(trait(
                "load_spread",
                RATIO,
                NON_NEGATIVE,
                "How unevenly the requests are spread over the campaign's accounts: standard deviation over mean; about 1"
                        + " and more for people, 0 for work that is dealt out in turn. No value for an account.",
                "Coefficient of variation (Pearson 1896)",
                "requests spread over the accounts with a variation of {}",
                CampaignTraits::loadSpread));
        list.add(trait(
                "shared_prompts_share",
                SHARE,
                UNIT_RANGE,
                "Share of the accounts' different prompts that another account of the campaign sent as well: near 0 when the"
                        + " accounts work off one queue, higher for users of one product. No value for an account.",
                "Different prompts of the union over the sum of the accounts' ones; " + DISTINCT,
                "{} of the prompts sent by more than one account",
                CampaignTraits::sharedPrompts));
        list.add(trait(
                "exchangeability",
                RATIO,
                NON_NEGATIVE,
                "Variance of the prompts between the campaign's accounts over that within them: about 1 when prompts were"
                        + " dealt out at random, more when every account has its own subjects. No value for an account.",
                "F ratio of the analysis of variance (Fisher 1925), traces of the covariances of embeddings",
                "subjects differ between the accounts {} times as much as by chance",
                CampaignTraits::exchangeability));
        list.add(trait(
                "shared_kinds",
                COUNT,
                "[0, 8]",
                "Kinds of link keys (payment, network, sign-up, TLS, client, instructions, template, parameters) that an"
                        + " account of the campaign shares with others, on average. No value for an account.",
                DEFINITION,
                "{} kinds of link keys shared by an account",
                CampaignTraits::sharedKinds));
        list.add(trait(
                "shared_infrastructure_share",
                SHARE,
                UNIT_RANGE,
                "Share of the campaign's accounts that share a payment, network or sign-up token with another one. No value"
                        + " for an account.",
                DEFINITION,
                "{} of the accounts share infrastructure",
                CampaignTraits::sharedInfrastructure));
    }

    private static Feature trait(
            String name,
            FeatureUnit unit,
            String range,
            String meaning,
            String source,
            String clause,
            ToDoubleFunction<CampaignTraits> trait) {
        return new Feature(
                name,
                unit,
                range,
                meaning,
                source,
                clause,
                subject -> subject.comparisons()
                        .campaign()
                        .map(trait::applyAsDouble)
                        .orElse(Double.NaN));
    }

    private static void evidence(List<Feature> list) {
        list.add(new Feature(
                "evidence",
                RATIO,
                "(-∞, ∞)",
                "Decimal logarithm of how many times better a harvest explains the levels of the account's days of the last"
                        + " month that are over than an honest account does; no value before the first.",
                "E-value (Vovk and Wang 2021) by a ratio of Dirichlet-multinomial likelihoods",
                "the days are 10^{} times as likely of a harvest",
                subject -> subject.comparisons().get(Comparisons.Kind.EVIDENCE)));
        list.add(new Feature(
                "evidence_needed",
                RATIO,
                "(-∞, ∞)",
                "Evidence at which honest accounts are alerted on as often as the error budget allows: decimal logarithm of"
                        + " the accounts judged in a day over the false alerts allowed in a day.",
                "Markov's inequality for e-values, summed over accounts",
                "10^{} is needed for the error budget",
                subject -> subject.comparisons().get(Comparisons.Kind.EVIDENCE_NEEDED)));
        list.add(new Feature(
                "evidence_days",
                DAYS,
                "[0, 30]",
                "Days that the evidence is made of: those of the last 30 with 8 requests or more.",
                DEFINITION,
                "{} days of evidence",
                subject -> subject.comparisons().get(Comparisons.Kind.EVIDENCE_DAYS)));
    }

    private static Feature mixture(String name, Comparisons.Kind kind, String explainedBy, String clause) {
        return new Feature(
                name,
                SHARE,
                UNIT_RANGE,
                "Share of the prompts that is explained by " + explainedBy
                        + ", where their mean is taken for a mixture of known means; no value below 50 prompts.",
                "Kernel mean matching of mixture proportions (Iyer, Nath, Sarawagi 2014), non-negative least squares"
                        + " (Franc, Hlaváč, Navara 2005)",
                clause,
                subject -> subject.comparisons().get(kind));
    }

    private static void completeness(List<Feature> list) {
        list.add(Feature.ofProfile(
                "completeness",
                SHARE,
                UNIT_RANGE,
                "Requests over requests, late and unreadable records: below 1 the other numbers are short of some.",
                DEFINITION,
                "{} of the records are counted in",
                Profile::completeness));
        list.add(lost("late_requests", Loss.LATE, "Requests that came after the grace and were not counted."));
        list.add(lost("duplicate_requests", Loss.DUPLICATE, "Repetitions of an event id, left out."));
        list.add(lost("unreadable_requests", Loss.UNREADABLE, "Records that could not be decoded."));
    }

    private static Feature lost(String name, Loss kind, String meaning) {
        return Feature.ofProfile(
                name,
                COUNT,
                NON_NEGATIVE,
                meaning,
                DEFINITION,
                "{} " + name.replace('_', ' '),
                profile -> profile.lost(kind));
    }

    private static Feature sum(String name, FeatureUnit unit, Sum sum, String meaning, String clause) {
        return Feature.ofProfile(
                name, unit, NON_NEGATIVE, meaning, DEFINITION, clause, profile -> profile.counts.get(sum));
    }

    private static Feature share(String name, Count count, String meaning, String clause) {
        return Feature.ofProfile(
                name,
                SHARE,
                UNIT_RANGE,
                meaning,
                DEFINITION,
                clause,
                profile -> ratio(profile.counts.get(count), profile.requests()));
    }

    private static Feature distinct(String name, String meaning, String clause, Kind kind) {
        return Feature.ofProfile(
                name, COUNT, NON_NEGATIVE, meaning, DISTINCT, clause, profile -> profile.company.estimate(kind));
    }

    private static double larger(double left, double right) {
        return Double.isNaN(left) ? right : Double.isNaN(right) ? left : Math.max(left, right);
    }

    private static double ratio(long part, long whole) {
        return ratio((double) part, whole);
    }

    private static double ratio(double part, long whole) {
        return whole == 0 ? Double.NaN : part / (double) whole;
    }
}
