package io.stillwatch.fingerprint;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.PrimitivesArrays.IntArray;

/**
 * Turns a request event into its fingerprint, the only thing that is kept of it.
 *
 * <p>The same event always gives the same fingerprint. What makes no difference to the hashes, keys, shingles and
 * lexical markers: case, accents and other marks that stand above or below a letter, how much and which white space
 * parts two words, invisible characters, unpaired surrogates, and anything that compatibility decomposition (NFKD)
 * makes equal, such as composed letters, ligatures, full-width forms and styled letters. Line breaks do count in the
 * template keys and in {@link Marker#MULTILINE}. Of this only case, accents and invisible characters make no difference
 * to the embedding, whose vocabulary knows no more.
 *
 * <p>Not thread-safe: instances reuse their buffers; make one a thread.
 */
public final class Fingerprinter {
    /** Version of the algorithm; raised whenever the same text would give another fingerprint. */
    public static final int VERSION = 3;

    /** UTF-16 units among which a prompt's first letter is looked for. */
    private static final int OPENING = 16;

    /** Shingle hashes kept of one prompt: the smallest ones. */
    public static final int SHINGLE_SAMPLE = 8;

    /** Bytes of an embedding: one a dimension. */
    public static final int EMBEDDING_BYTES = StaticEmbedder.DIMENSIONS;

    private static final int EMBEDDED_TOKENS = 128;

    private static final Schema SHINGLES =
            RequestFingerprint.getClassSchema().getField("shingles").schema();

    private final WordScanner scanner = new WordScanner();
    private final PromptScanner prompts = new PromptScanner(SHINGLE_SAMPLE);
    private final PromptScanner systems = new PromptScanner(1);
    private final MarkerLexicon lexicon = MarkerLexicon.bundled();
    private final LanguageGuess languages = LanguageGuess.bundled();
    private final StaticEmbedder embedder = new StaticEmbedder();
    private final SystemHashes systemHashes = new SystemHashes(this::systemHash);
    private final WordSink promptWords = this::promptWord;
    private final int embeddedTokens;
    private final byte[] quantised = new byte[EMBEDDING_BYTES];
    private boolean embedding;

    /** Makes a fingerprinter. */
    public Fingerprinter() {
        this(EMBEDDED_TOKENS);
    }

    private Fingerprinter(int embeddedTokens) {
        this.embeddedTokens = embeddedTokens;
    }

    /** A fingerprinter that leaves every embedding empty; it is there to tell what the embedding costs. */
    public static Fingerprinter withoutEmbedding() {
        return new Fingerprinter(0);
    }

    /** The fingerprint of a valid request event, in a record of its own. */
    public RequestFingerprint fingerprint(RequestEvent event) {
        RequestFingerprint kept = new RequestFingerprint();
        fingerprint(event, kept);
        return kept;
    }

    /**
     * Writes the fingerprint of a valid request event over a record, which afterwards equals a fresh one. The list of
     * shingles and the embedding's buffer of a record filled before are used again, so filling it allocates nothing,
     * but for a prompt that only its normal form makes comparable: one with ligatures, full-width forms or the like.
     *
     * @param kept new, or filled by a fingerprinter before; it shares strings and links with the event
     */
    public void fingerprint(RequestEvent event, RequestFingerprint kept) {
        request(event, kept);
        content(event, kept);
    }

    private void content(RequestEvent event, RequestFingerprint kept) {
        String prompt = event.getPrompt() == null ? "" : event.getPrompt();
        read(prompt, kept);
        long markers = prompts.markers(lexicon);
        if (Boolean.TRUE.equals(event.getAnswerInPrompt())) {
            markers |= Marker.GIVES_ANSWER.bit();
        }
        if (opensLower(prompt)) {
            markers |= Marker.OPENS_LOWER.bit();
        }
        kept.setVersion(VERSION);
        kept.setExactHash(prompts.exact());
        kept.setSkeletonHash(prompts.skeleton());
        kept.setHeadKey(prompts.headKey());
        kept.setTailKey(prompts.tailKey());
        kept.setShingles(shingles(kept));
        kept.setMarkers(markers);
        kept.setCharacters(prompt.codePointCount(0, prompt.length()));
        kept.setWords(prompts.words());
        String system = event.getSystem();
        kept.setSystemHash(system == null ? 0 : systemHashes.of(system));
    }

    /** Whether the first letter is a small one of a script that has capitals; what stands before it does not count. */
    private static boolean opensLower(String prompt) {
        int longest = Math.min(prompt.length(), OPENING);
        for (int at = 0; at < longest; at++) {
            char character = prompt.charAt(at);
            if (Character.isLetter(character)) {
                return Character.isLowerCase(character);
            }
        }
        return false;
    }

    private void read(String prompt, RequestFingerprint kept) {
        prompts.begin(prompt.length());
        embedder.begin(embeddedTokens);
        embedding = embeddedTokens > 0;
        scanner.scan(prompt, promptWords);
        boolean otherScript = scanner.sawOtherScript();
        kept.setEmbedding(embedding(kept));
        if (scanner.sawUnstable()) {
            readNormalForm(prompt, prompts);
        } else {
            prompts.finish();
        }
        kept.setLanguage(languages.of(prompt, otherScript, prompts));
    }

    private boolean promptWord(Word word) {
        prompts.word(word);
        embedding = embedding && embedder.word(word);
        return true;
    }

    private void readNormalForm(String text, PromptScanner target) {
        String form = NormalForm.of(text);
        target.begin(form.length());
        scanner.scan(form, target);
        target.finish();
    }

    private long systemHash(String system) {
        if (system.isBlank()) {
            return 0;
        }
        systems.begin(system.length());
        scanner.scan(system, systems);
        if (scanner.sawUnstable()) {
            readNormalForm(system, systems);
        } else {
            systems.finish();
        }
        return systems.words() == 0 ? systems.exact() : systems.skeleton();
    }

    private ByteBuffer embedding(RequestFingerprint kept) {
        ByteBuffer used = kept.getEmbedding();
        ByteBuffer target = used != null && used.capacity() == EMBEDDING_BYTES && !used.isReadOnly()
                ? used.clear()
                : ByteBuffer.allocate(EMBEDDING_BYTES);
        return embedder.finish(quantised) == 0
                ? target.limit(0)
                : target.put(quantised).flip();
    }

    private List<Integer> shingles(RequestFingerprint kept) {
        IntArray target = kept.getShingles() instanceof IntArray used ? used : new IntArray(SHINGLE_SAMPLE, SHINGLES);
        target.clear();
        for (int position = 0; position < prompts.shingles(); position++) {
            target.add(position, prompts.shingleAt(position));
        }
        return target;
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
        kept.setRefusalCategory(event.getRefusalCategory());
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
