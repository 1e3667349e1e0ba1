package io.stillwatch.profile;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.sketch.ActiveMinutes;
import io.stillwatch.profile.sketch.CommonPrompts;
import io.stillwatch.profile.sketch.Concentration;
import io.stillwatch.profile.sketch.Continuity;
import io.stillwatch.profile.sketch.DistinctByKind;
import io.stillwatch.profile.sketch.DistinctByKind.Kind;
import io.stillwatch.profile.sketch.DistinctCount;
import io.stillwatch.profile.sketch.ExampleSample;
import io.stillwatch.profile.sketch.HeapSize;
import io.stillwatch.profile.sketch.KernelMean;
import io.stillwatch.profile.sketch.Kinship;
import io.stillwatch.profile.sketch.Kinship.Pairs;
import io.stillwatch.profile.sketch.LanguageMix;
import io.stillwatch.profile.sketch.LogHistogram;
import io.stillwatch.profile.sketch.ModelMix;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.profile.sketch.Prompts;
import io.stillwatch.schema.RequestFingerprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mergeable summary of many fingerprints: volume, diversity, intent and the company the entity keeps.
 *
 * <p>Profiles form a commutative monoid: {@code new Profile()} is the identity, {@link #merge} is associative and
 * commutative, and {@link #add} is a merge with the profile of one fingerprint. Every part is built so that order never
 * matters, hence panes merge into windows and accounts into campaigns with the same result whichever way the events
 * arrived. Beside the requests it counts in a profile keeps a ledger of those it had to do without: {@link #lose}.
 *
 * <p>Exact up to 67 million requests, after which the kernel mean wraps around. Its size is bounded: see {@link
 * ProfileCodec} for the bytes. Mutable and not thread-safe.
 */
public final class Profile {
    private static final int SKELETON_PRECISION = 8;
    private static final int TINY_LIMIT = 16;
    static final int LARGE_LIMIT = 1_000;
    static final long MINUTE_MS = 60_000;
    private static final Set<String> EXTRACTION = Set.of("reasoning_extraction", "frontier_llm");

    final Counts counts = new Counts();
    final LossLedger losses = new LossLedger();
    final LogHistogram promptCharacters = new LogHistogram();
    final LogHistogram answerTokens = new LogHistogram();
    final ActiveMinutes active = new ActiveMinutes();
    final KernelMean kernelMean = new KernelMean();
    final Continuity continuity = new Continuity();
    final Kinship kinship = new Kinship();
    final Concentration heads = new Concentration();
    final Concentration tails = new Concentration();
    final LanguageMix languages = new LanguageMix();
    final ModelMix models = new ModelMix();
    final Prompts prompts = new Prompts();
    final DistinctCount skeletons = new DistinctCount(SKELETON_PRECISION);
    final DistinctByKind distinct = new DistinctByKind();
    final ExampleSample examples = new ExampleSample();
    long firstMs = Long.MAX_VALUE;
    long lastMs = Long.MIN_VALUE;

    /** Latest sign-up, in minutes since 1970; {@link Long#MIN_VALUE} when unknown. */
    long createdMinute = Long.MIN_VALUE;

    /** Counts one request in of which it is not known what came before it. */
    public void add(RequestFingerprint request) {
        add(request, Ties.NONE);
    }

    /**
     * Counts one request in.
     *
     * @param ties what it has to do with the account's requests before it
     */
    public void add(RequestFingerprint request, Ties ties) {
        ties(ties);
        volume(request);
        parameters(request);
        diversity(request);
        company(request);
    }

    private void ties(Ties ties) {
        add(Pairs.NEAR, ties.near());
        add(Pairs.MIDDLE, ties.middle());
        add(Pairs.FAR, ties.far());
        add(Pairs.USER, ties.user());
        countIf(ties.repeated(), Count.RECENT_REPEATS);
        countIf(ties.collides(), Count.COLLIDING_IDS);
        switch (ties.turn()) {
            case BORNE_OUT -> counts.add(Count.BORNE_TURNS);
            case PLAUSIBLE -> counts.add(Count.PLAUSIBLE_TURNS);
            case CONTRADICTED -> counts.add(Count.CONTRADICTED_TURNS);
            case UNCLAIMED, UNKNOWN -> {}
        }
    }

    private void add(Pairs kind, Ties.Products products) {
        kinship.add(kind, products.pairs(), products.sum());
    }

    private void volume(RequestFingerprint request) {
        counts.add(Sum.REQUESTS, 1);
        if (request.getStatus() >= 400) {
            counts.add(Count.FAILED);
        }
        countIf(isExtraction(request.getRefusalCategory()), Count.REFUSED_EXTRACTION);
        addKnown(Sum.INPUT_TOKENS, request.getInputTokens());
        addKnown(Sum.CACHED_INPUT_TOKENS, request.getCachedInputTokens());
        addKnown(Sum.REASONING_TOKENS, request.getReasoningTokens());
        if (request.getCachedInputTokens() > 0) {
            counts.add(Count.CACHE_READS);
        }
        if (request.getOutputTokens() >= 0) {
            counts.add(Count.OUTPUT_KNOWN);
            counts.add(Sum.OUTPUT_TOKENS, request.getOutputTokens());
            answerTokens.add(request.getOutputTokens());
        }
        long time = request.getEventTime();
        active.add(time);
        firstMs = Math.min(firstMs, time);
        lastMs = Math.max(lastMs, time);
        if (request.getAccountCreated() != null) {
            createdMinute = Math.max(createdMinute, Math.floorDiv(request.getAccountCreated(), MINUTE_MS));
        }
        examples.add(request.getEventId());
    }

    private void addKnown(Sum sum, long amount) {
        if (amount > 0) {
            counts.add(sum, amount);
        }
    }

    private void parameters(RequestFingerprint request) {
        countIf(request.getStream(), Count.STREAMED);
        countIf(request.getTools() > 0 || request.getToolsHash() != 0, Count.WITH_TOOLS);
        countIf(request.getLogprobs(), Count.WITH_LOGPROBS);
        countIf(request.getN() > 1, Count.SEVERAL_SAMPLES);
        counts.add(Sum.SAMPLES, Math.max(1, request.getN()));
        if (request.getTemperature() != null) {
            counts.add(Count.TEMPERATURE_SET);
            countIf(request.getTemperature() == 0, Count.TEMPERATURE_ZERO);
            counts.add(Sum.TEMPERATURE_MILLIS, Math.round(request.getTemperature() * 1_000));
        }
        countIf(request.getMaxTokens() >= 0, Count.LIMIT_SET);
        countIf(request.getMaxTokens() >= 0 && request.getMaxTokens() <= TINY_LIMIT, Count.LIMIT_TINY);
        countIf(request.getMaxTokens() >= LARGE_LIMIT, Count.LIMIT_LARGE);
        countIf("length".equals(request.getFinishReason()), Count.LIMIT_HIT);
        countIf("tool_calls".equals(request.getFinishReason()), Count.CALLED_TOOLS);
        countIf(request.getStops() > 0, Count.WITH_STOPS);
        countIf(request.getSystemHash() != 0, Count.WITH_SYSTEM);
        countIf(isFollowUp(request), Count.FOLLOW_UPS);
        countIf(request.getConversationHash() != 0, Count.IN_CONVERSATION);
        countIf(request.getEndUserHash() != 0, Count.WITH_END_USER);
    }

    /** Whether a request follows earlier turns, by its number or by its messages beside the system instructions. */
    static boolean isFollowUp(RequestFingerprint request) {
        int history = request.getMessages() - (request.getSystemHash() == 0 ? 0 : 1);
        return request.getTurn() > 0 || history > 1;
    }

    /** Anthropic's categories of refusals that are about this: its {@code stop_details.category}. */
    private static boolean isExtraction(CharSequence category) {
        return category != null && EXTRACTION.contains(category.toString());
    }

    private void countIf(boolean holds, Count count) {
        if (holds) {
            counts.add(count);
        }
    }

    private void diversity(RequestFingerprint request) {
        counts.addMarkers(request.getMarkers());
        counts.add(Sum.CHARACTERS, request.getCharacters());
        promptCharacters.add(request.getCharacters());
        if (request.getCharacters() == 0) {
            return;
        }
        counts.add(Count.WITH_PROMPT);
        if (kernelMean.add(request.getEmbedding())) {
            counts.add(Count.EMBEDDED);
            if (request.getConversationHash() != 0) {
                continuity.add(request.getEmbedding(), request.getConversationHash());
            }
        }
        heads.add(request.getHeadKey());
        tails.add(request.getTailKey());
        prompts.add(request.getExactHash());
        skeletons.add(request.getSkeletonHash());
        List<Integer> smallest = request.getShingles();
        if (!smallest.isEmpty()) {
            counts.add(Count.WITH_SHINGLES);
            distinct.add(Kind.SHINGLES, smallest.get(0));
        }
        if (!"und".equals(request.getLanguage())) {
            counts.add(Count.WITH_LANGUAGE);
            languages.add(request.getLanguage());
        }
    }

    private void company(RequestFingerprint request) {
        addKnown(Kind.SYSTEMS, request.getSystemHash());
        addKnown(Kind.TOOL_SETS, request.getToolsHash());
        addKnown(Kind.CONVERSATIONS, request.getConversationHash());
        addKnown(Kind.END_USERS, request.getEndUserHash());
        addKnown(Kind.API_KEYS, request.getApiKeyHash());
        if (request.getModel() != null) {
            long model = Hash64.of(request.getModel());
            distinct.add(Kind.MODELS, model);
            models.add(model, request.getOutputTokens() < 0 ? -1 : LogHistogram.bucketOf(request.getOutputTokens()));
        }
        Map<String, String> links = request.getLinks();
        addNamed(Kind.NETWORKS, links.get("network"));
        addNamed(Kind.CLIENTS, links.get("client"));
    }

    private void addKnown(Kind kind, long hash) {
        if (hash != 0) {
            distinct.add(kind, hash);
        }
    }

    private void addNamed(Kind kind, @Nullable String name) {
        if (name != null) {
            distinct.add(kind, Hash64.of(name));
        }
    }

    /** Takes another profile in; the other one is left as it is. */
    public void merge(Profile other) {
        losses.merge(other.losses);
        if (other.requests() == 0) {
            return;
        }
        counts.merge(other.counts);
        promptCharacters.merge(other.promptCharacters);
        answerTokens.merge(other.answerTokens);
        active.merge(other.active);
        kernelMean.merge(other.kernelMean);
        continuity.merge(other.continuity);
        kinship.merge(other.kinship);
        heads.merge(other.heads);
        tails.merge(other.tails);
        languages.merge(other.languages);
        models.merge(other.models);
        prompts.merge(other.prompts);
        skeletons.merge(other.skeletons);
        distinct.merge(other.distinct);
        examples.merge(other.examples);
        firstMs = Math.min(firstMs, other.firstMs);
        lastMs = Math.max(lastMs, other.lastMs);
        createdMinute = Math.max(createdMinute, other.createdMinute);
    }

    /** Requests counted in. */
    public long requests() {
        return counts.get(Sum.REQUESTS);
    }

    /** Answer tokens of the requests whose answer length is known. */
    public long outputTokens() {
        return counts.get(Sum.OUTPUT_TOKENS);
    }

    /** Event time of the earliest request, in milliseconds since 1970; empty when there is none. */
    public OptionalLong firstEventMs() {
        return requests() == 0 ? OptionalLong.empty() : OptionalLong.of(firstMs);
    }

    /** Event time of the latest request, in milliseconds since 1970; empty when there is none. */
    public OptionalLong lastEventMs() {
        return requests() == 0 ? OptionalLong.empty() : OptionalLong.of(lastMs);
    }

    /** Sign-up of the account, the latest of several, in milliseconds since 1970 to the minute; empty when unknown. */
    public OptionalLong createdMs() {
        return createdMinute == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(createdMinute * MINUTE_MS);
    }

    /** Where the prompts lie in embedding space; empty when none has an embedding. */
    public Optional<PromptMean> promptMean() {
        return kernelMean.mean();
    }

    /** Different prompts: counted by 32-bit hashes below 32, then an estimate with a relative standard error of 3.4 %. */
    public double distinctPrompts() {
        return prompts.estimateDistinct();
    }

    /** Ids of up to three of the requests, the same whatever order they came in. */
    public List<String> exampleEventIds() {
        return examples.ids();
    }

    /** How often something held; requests. */
    public int count(Count count) {
        return counts.get(count);
    }

    /** What the requests add up to. */
    public long sum(Sum sum) {
        return counts.get(sum);
    }

    /** When there were requests. */
    public ActiveMinutes active() {
        return active;
    }

    /** Lengths of the prompts; characters. */
    public LogHistogram promptCharacters() {
        return promptCharacters;
    }

    /** Lengths of the answers; tokens. */
    public LogHistogram answerTokens() {
        return answerTokens;
    }

    /** The sum of the prompts' embeddings. */
    public KernelMean kernelMean() {
        return kernelMean;
    }

    /** How alike the turns of conversations are. */
    public Continuity continuity() {
        return continuity;
    }

    /** How alike requests are that are near in time, or of one end user. */
    public Kinship kinship() {
        return kinship;
    }

    /** How the prompts open. */
    public Concentration heads() {
        return heads;
    }

    /** How the prompts close. */
    public Concentration tails() {
        return tails;
    }

    /** Adds the prompts to those that are looked through for common ones. */
    public void addPromptsTo(CommonPrompts common) {
        prompts.addTo(common);
    }

    /** Languages of the prompts. */
    public LanguageMix languages() {
        return languages;
    }

    /** Models that answered, with the lengths of their answers. */
    public ModelMix models() {
        return models;
    }

    /** Different prompts and their repetitions. */
    public Prompts prompts() {
        return prompts;
    }

    /** Different prompts without their variable parts. */
    public DistinctCount skeletons() {
        return skeletons;
    }

    /** Different models, keys, networks, clients and others that requests name. */
    public DistinctByKind distinct() {
        return distinct;
    }

    /**
     * Notes records that are missing from the profile, or might be counted otherwise than they should.
     *
     * @param records how many more, at least 0
     */
    public void lose(Loss kind, long records) {
        if (records < 0) {
            throw new IllegalArgumentException("records cannot be lost " + records + " times");
        }
        losses.add(kind, records);
    }

    /** Records noted with {@link #lose}. */
    public long lost(Loss kind) {
        return losses.get(kind);
    }

    /**
     * Share of the records that are counted in: requests over requests, late and unreadable records. 1 when nothing is
     * known.
     */
    public double completeness() {
        double missing = (double) lost(Loss.LATE) + lost(Loss.UNREADABLE);
        return missing == 0 ? 1 : requests() / (requests() + missing);
    }

    /**
     * About how much heap the profile takes, in bytes: an estimate from the sizes of its arrays on a 64-bit JVM with
     * compressed references, not a measurement.
     */
    public long approximateBytes() {
        return HeapSize.object(16 * 4 + 3 * Long.BYTES)
                + counts.approximateBytes()
                + losses.approximateBytes()
                + promptCharacters.approximateBytes()
                + answerTokens.approximateBytes()
                + active.approximateBytes()
                + kernelMean.approximateBytes()
                + continuity.approximateBytes()
                + kinship.approximateBytes()
                + heads.approximateBytes()
                + tails.approximateBytes()
                + languages.approximateBytes()
                + models.approximateBytes()
                + prompts.approximateBytes()
                + skeletons.approximateBytes()
                + distinct.approximateBytes()
                + examples.approximateBytes();
    }

    /** Prompts in which a marker was found. */
    public long marked(Marker marker) {
        return counts.get(marker);
    }
}
