package io.stillwatch.fingerprint;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns a request event into its fingerprint, the only thing that is kept of it.
 *
 * <p>The same event always gives the same fingerprint. Not thread-safe: instances reuse their buffers; make one a
 * thread.
 */
public final class Fingerprinter {
    /** Version of the algorithm; raised whenever the same text would give another fingerprint. */
    public static final int VERSION = 1;

    /** Shingle hashes kept of one prompt: the smallest ones. */
    public static final int SHINGLE_SAMPLE = 8;

    /** Bytes of an embedding: one a dimension. */
    public static final int EMBEDDING_BYTES = 128;

    private static final int EMBEDDED_TOKENS = 128;

    private final PromptScanner prompts = new PromptScanner(SHINGLE_SAMPLE);
    private final PromptScanner systems = new PromptScanner(1);
    private final MarkerLexicon lexicon = MarkerLexicon.bundled();
    private final LanguageGuess languages = LanguageGuess.bundled();
    private final StaticEmbedder embedder = new StaticEmbedder();
    private final float[] vector = new float[EMBEDDING_BYTES];
    private final boolean embeds;

    /** Makes a fingerprinter. */
    public Fingerprinter() {
        this(true);
    }

    private Fingerprinter(boolean embeds) {
        this.embeds = embeds;
    }

    /** A fingerprinter that leaves every embedding empty; it is there to tell what the embedding costs. */
    public static Fingerprinter withoutEmbedding() {
        return new Fingerprinter(false);
    }

    /** The fingerprint of a valid request event. */
    public RequestFingerprint fingerprint(RequestEvent event) {
        RequestFingerprint kept = new RequestFingerprint();
        request(event, kept);
        content(event, kept);
        return kept;
    }

    private void content(RequestEvent event, RequestFingerprint kept) {
        String prompt = event.getPrompt() == null ? "" : event.getPrompt();
        prompts.scan(prompt);
        long markers = prompts.markers(lexicon);
        if (Boolean.TRUE.equals(event.getAnswerInPrompt())) {
            markers |= Marker.GIVES_ANSWER.bit();
        }
        kept.setVersion(VERSION);
        kept.setExactHash(prompts.exact());
        kept.setSkeletonHash(prompts.skeleton());
        kept.setHeadKey(prompts.headKey());
        kept.setTailKey(prompts.tailKey());
        kept.setShingles(boxed(prompts.shingles()));
        kept.setMarkers(markers);
        kept.setLanguage(languages.of(prompt, prompts));
        kept.setCharacters(prompts.codePoints());
        kept.setWords(prompts.words());
        kept.setEmbedding(embedding(prompt));
        String system = event.getSystem();
        if (system == null || system.isBlank()) {
            kept.setSystemHash(0);
        } else {
            systems.scan(system);
            kept.setSystemHash(systems.skeleton() == 0 ? systems.exact() : systems.skeleton());
        }
    }

    private ByteBuffer embedding(String prompt) {
        if (!embeds || embedder.embed(prompt, EMBEDDED_TOKENS, vector) == 0) {
            return ByteBuffer.allocate(0);
        }
        byte[] quantised = new byte[EMBEDDING_BYTES];
        StaticEmbedder.quantise(vector, quantised);
        return ByteBuffer.wrap(quantised);
    }

    private static List<Integer> boxed(int[] values) {
        List<Integer> boxed = new ArrayList<>(values.length);
        for (int value : values) {
            boxed.add(value);
        }
        return boxed;
    }

    private static void request(RequestEvent event, RequestFingerprint kept) {
        kept.setEventId(event.getEventId());
        kept.setEventTime(event.getEventTime());
        kept.setAccountId(event.getAccountId());
        kept.setOrganizationId(event.getOrganizationId());
        kept.setApiKeyHash(hash(event.getApiKeyId()));
        kept.setEndUserHash(hash(event.getEndUserId()));
        kept.setConversationHash(hash(event.getConversationId()));
        kept.setAccountCreated(event.getAccountCreated());
        kept.setOperation(event.getOperation());
        kept.setModel(event.getModel());
        kept.setTurn(orElse(event.getTurn(), -1));
        kept.setMessages(orElse(event.getMessages(), -1));
        kept.setTemperature(event.getTemperature());
        kept.setTopP(event.getTopP());
        kept.setMaxTokens(orElse(event.getMaxTokens(), -1));
        kept.setN(orElse(event.getN(), 1));
        int topLogprobs = orElse(event.getTopLogprobs(), 0);
        kept.setLogprobs(Boolean.TRUE.equals(event.getLogprobs()) || topLogprobs > 0);
        kept.setTopLogprobs(topLogprobs);
        kept.setStream(Boolean.TRUE.equals(event.getStream()));
        kept.setStops(event.getStop() == null ? 0 : event.getStop().size());
        kept.setTools(orElse(event.getTools(), 0));
        kept.setToolsHash(hash(event.getToolsHash()));
        kept.setInputTokens(orElse(event.getInputTokens(), -1));
        kept.setCachedInputTokens(orElse(event.getCachedInputTokens(), -1));
        kept.setOutputTokens(orElse(event.getOutputTokens(), -1));
        kept.setReasoningTokens(orElse(event.getReasoningTokens(), -1));
        kept.setFinishReason(event.getFinishReason());
        kept.setStatus(orElse(event.getStatus(), 0));
        kept.setDurationMs(orElse(event.getDurationMs(), -1));
        kept.setLinks(event.getLinks() == null ? Map.of() : event.getLinks());
    }

    private static long hash(CharSequence text) {
        return text == null || text.isEmpty() ? 0 : Hash64.of(text);
    }

    private static int orElse(Integer value, int unknown) {
        return value == null ? unknown : value;
    }

    private static long orElse(Long value, long unknown) {
        return value == null ? unknown : value;
    }
}
