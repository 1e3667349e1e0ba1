package io.stillwatch.profile;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.fingerprint.Marker;
import io.stillwatch.schema.RequestFingerprint;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A mergeable summary of many fingerprints: volume, diversity, intent and the company the entity keeps.
 *
 * <p>Profiles form a commutative monoid: {@code new Profile()} is the identity, {@link #merge} is associative and
 * commutative, and {@link #add} is a merge with the profile of one fingerprint. Every part is built so that order never
 * matters, hence panes merge into windows and accounts into campaigns with the same result whichever way the events
 * arrived. Mutable and not thread-safe. Its size is bounded: see {@link ProfileCodec} for the bytes.
 */
public final class Profile {
    private static final int FINE = 8;
    private static final int COARSE = 6;
    private static final int TINY_LIMIT = 16;
    private static final int LARGE_LIMIT = 1_000;

    final Counts counts = new Counts();
    final LogHistogram promptCharacters = new LogHistogram();
    final LogHistogram answerTokens = new LogHistogram();
    final ActiveMinutes active = new ActiveMinutes();
    final KernelMean kernelMean = new KernelMean();
    final Concentration heads = new Concentration();
    final Concentration tails = new Concentration();
    final Concentration repeats = new Concentration();
    final Concentration languageMix = new Concentration();
    final PromptSample promptSample = new PromptSample();
    final DistinctCount prompts = new DistinctCount(FINE);
    final DistinctCount skeletons = new DistinctCount(FINE);
    final DistinctCount shingles = new DistinctCount(FINE);
    final DistinctCount systems = new DistinctCount(COARSE);
    final DistinctCount toolSets = new DistinctCount(COARSE);
    final DistinctCount conversations = new DistinctCount(COARSE);
    final DistinctCount endUsers = new DistinctCount(COARSE);
    final DistinctCount apiKeys = new DistinctCount(COARSE);
    final DistinctCount models = new DistinctCount(COARSE);
    final DistinctCount networks = new DistinctCount(COARSE);
    final DistinctCount clients = new DistinctCount(COARSE);
    final DistinctCount languages = new DistinctCount(COARSE);
    final ExampleSample examples = new ExampleSample();
    long firstMs = Long.MAX_VALUE;
    long lastMs = Long.MIN_VALUE;
    long createdMs = Long.MIN_VALUE;

    /** Counts one request in. */
    public void add(RequestFingerprint request) {
        volume(request);
        parameters(request);
        diversity(request);
        company(request);
    }

    private void volume(RequestFingerprint request) {
        counts.add(Count.REQUESTS, 1);
        if (request.getStatus() >= 400) {
            counts.add(Count.FAILED, 1);
        }
        addKnown(Count.INPUT_TOKENS, request.getInputTokens());
        addKnown(Count.CACHED_INPUT_TOKENS, request.getCachedInputTokens());
        addKnown(Count.REASONING_TOKENS, request.getReasoningTokens());
        if (request.getCachedInputTokens() > 0) {
            counts.add(Count.CACHE_READS, 1);
        }
        if (request.getOutputTokens() >= 0) {
            counts.add(Count.OUTPUT_KNOWN, 1);
            counts.add(Count.OUTPUT_TOKENS, request.getOutputTokens());
            answerTokens.add(request.getOutputTokens());
        }
        long time = request.getEventTime();
        active.add(time);
        firstMs = Math.min(firstMs, time);
        lastMs = Math.max(lastMs, time);
        if (request.getAccountCreated() != null) {
            createdMs = Math.max(createdMs, request.getAccountCreated());
        }
        examples.add(request.getEventId());
    }

    private void addKnown(Count count, long amount) {
        if (amount > 0) {
            counts.add(count, amount);
        }
    }

    private void parameters(RequestFingerprint request) {
        countIf(request.getStream(), Count.STREAMED);
        countIf(request.getTools() > 0 || request.getToolsHash() != 0, Count.WITH_TOOLS);
        countIf(request.getLogprobs(), Count.WITH_LOGPROBS);
        countIf(request.getN() > 1, Count.SEVERAL_SAMPLES);
        counts.add(Count.SAMPLES, Math.max(1, request.getN()));
        if (request.getTemperature() != null) {
            counts.add(Count.TEMPERATURE_SET, 1);
            countIf(request.getTemperature() == 0, Count.TEMPERATURE_ZERO);
            counts.add(Count.TEMPERATURE_MILLIS, Math.round(request.getTemperature() * 1_000));
        }
        countIf(request.getMaxTokens() >= 0, Count.LIMIT_SET);
        countIf(request.getMaxTokens() >= 0 && request.getMaxTokens() <= TINY_LIMIT, Count.LIMIT_TINY);
        countIf(request.getMaxTokens() >= LARGE_LIMIT, Count.LIMIT_LARGE);
        countIf("length".equals(request.getFinishReason()), Count.LIMIT_HIT);
        countIf(request.getStops() > 0, Count.WITH_STOPS);
        countIf(request.getSystemHash() != 0, Count.WITH_SYSTEM);
        int history = request.getMessages() - (request.getSystemHash() == 0 ? 0 : 1);
        countIf(request.getTurn() > 0 || history > 1, Count.FOLLOW_UPS);
        countIf(request.getConversationHash() != 0, Count.IN_CONVERSATION);
        countIf(request.getEndUserHash() != 0, Count.WITH_END_USER);
    }

    private void countIf(boolean holds, Count count) {
        if (holds) {
            counts.add(count, 1);
        }
    }

    private void diversity(RequestFingerprint request) {
        counts.addMarkers(request.getMarkers());
        counts.add(Count.CHARACTERS, request.getCharacters());
        promptCharacters.add(request.getCharacters());
        if (request.getCharacters() == 0) {
            return;
        }
        counts.add(Count.WITH_PROMPT, 1);
        kernelMean.add(request.getEmbedding());
        heads.add(request.getHeadKey());
        tails.add(request.getTailKey());
        repeats.add(request.getExactHash());
        promptSample.add(request.getExactHash());
        prompts.add(request.getExactHash());
        skeletons.add(request.getSkeletonHash());
        List<Integer> sample = request.getShingles();
        counts.add(Count.SHINGLES, sample.size());
        for (int shingle : sample) {
            shingles.add(shingle);
        }
        if (!"und".equals(request.getLanguage())) {
            counts.add(Count.WITH_LANGUAGE, 1);
            long language = Hash64.of(request.getLanguage());
            languages.add(language);
            languageMix.add(language);
        }
    }

    private void company(RequestFingerprint request) {
        addKnown(systems, request.getSystemHash());
        addKnown(toolSets, request.getToolsHash());
        addKnown(conversations, request.getConversationHash());
        addKnown(endUsers, request.getEndUserHash());
        addKnown(apiKeys, request.getApiKeyHash());
        if (request.getModel() != null) {
            models.add(Hash64.of(request.getModel()));
        }
        Map<String, String> links = request.getLinks();
        addLink(networks, links.get("network"));
        addLink(clients, links.get("client"));
    }

    private static void addKnown(DistinctCount distinct, long hash) {
        if (hash != 0) {
            distinct.add(hash);
        }
    }

    private static void addLink(DistinctCount distinct, String token) {
        if (token != null) {
            distinct.add(Hash64.of(token));
        }
    }

    /** Takes another profile in; the other one is left as it is. */
    public void merge(Profile other) {
        counts.merge(other.counts);
        promptCharacters.merge(other.promptCharacters);
        answerTokens.merge(other.answerTokens);
        active.merge(other.active);
        kernelMean.merge(other.kernelMean);
        heads.merge(other.heads);
        tails.merge(other.tails);
        repeats.merge(other.repeats);
        languageMix.merge(other.languageMix);
        promptSample.merge(other.promptSample);
        prompts.merge(other.prompts);
        skeletons.merge(other.skeletons);
        shingles.merge(other.shingles);
        systems.merge(other.systems);
        toolSets.merge(other.toolSets);
        conversations.merge(other.conversations);
        endUsers.merge(other.endUsers);
        apiKeys.merge(other.apiKeys);
        models.merge(other.models);
        networks.merge(other.networks);
        clients.merge(other.clients);
        languages.merge(other.languages);
        examples.merge(other.examples);
        firstMs = Math.min(firstMs, other.firstMs);
        lastMs = Math.max(lastMs, other.lastMs);
        createdMs = Math.max(createdMs, other.createdMs);
    }

    /** Requests counted in. */
    public long requests() {
        return counts.get(Count.REQUESTS);
    }

    /** Answer tokens of the requests whose answer length is known. */
    public long outputTokens() {
        return counts.get(Count.OUTPUT_TOKENS);
    }

    /** Event time of the earliest request, in milliseconds since 1970; empty when there is none. */
    public OptionalLong firstEventMs() {
        return requests() == 0 ? OptionalLong.empty() : OptionalLong.of(firstMs);
    }

    /** Event time of the latest request, in milliseconds since 1970; empty when there is none. */
    public OptionalLong lastEventMs() {
        return requests() == 0 ? OptionalLong.empty() : OptionalLong.of(lastMs);
    }

    /** Ids of up to three of the requests, the same whatever order they came in. */
    public List<String> exampleEventIds() {
        return examples.ids();
    }

    public void lose(Loss kind, long records) {}

    public long approximateBytes() {
        return 6_000;
    }

    public double completeness() {
        return 1;
    }

    long marked(Marker marker) {
        return counts.get(marker);
    }
}
