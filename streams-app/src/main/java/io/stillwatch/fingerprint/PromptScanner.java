package io.stillwatch.fingerprint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Listens to the words of a text and yields its exact hash, skeleton, template keys, shingles and shape.
 *
 * <p>Which spellings count as one is the business of {@link WordScanner} and {@link NormalForm}. Here two words joined by
 * an apostrophe are one, punctuation is no word, and each ideograph or kana is a word.
 *
 * <p>Not thread-safe: it reuses its buffers, so listening allocates nothing. Of a text longer than {@value #HEAD_LIMIT} +
 * {@value #TAIL_LIMIT} characters the words at its beginning and its end are kept; the exact hash always covers all of
 * it.
 */
final class PromptScanner implements WordSink {
    /** Characters read from the start of a text. */
    static final int HEAD_LIMIT = 24_576;
    /** Characters read from the end of a longer text. */
    static final int TAIL_LIMIT = 8_192;

    private static final int SHINGLE_WORDS = 3;

    /** Hash that stands for any masked part in a skeleton. */
    static final long MASK = Hash64.finish(0x6D61736B);

    /** Tells "a b" from "ab" in the exact hash. */
    private static final long SPACE = 0x20;

    private static final char LETTERS = 1;
    private static final char NOTHING = 0;

    private final MaskedSpans spans = new MaskedSpans();
    private final Word part = new Word();

    private long[] words = new long[256];
    private long[] skeleton = new long[256];
    private boolean[] breakAfter = new boolean[256];
    private final int[] shingles;
    private int shingleCount;
    private int wordCount;
    private long shape;
    private long exact;
    private int tailStart;

    private boolean sentenceStart;
    private boolean sentenceStartBeforeColon;
    private boolean inUrl;
    /** The character that stood alone just before, {@link #LETTERS} after a word, and so back to the last space. */
    private char last;

    private char lastButOne;
    private char lastButTwo;

    PromptScanner(int shingleSample) {
        shingles = new int[shingleSample];
    }

    /** Hashes of the words of a phrase, as a prompt with this phrase has them. */
    static List<Long> wordHashes(String phrase) {
        PromptScanner scanner = new PromptScanner(1);
        scanner.begin(phrase.length());
        new WordScanner().scan(NormalForm.of(phrase), scanner);
        List<Long> hashes = new ArrayList<>();
        for (int at = 0; at < scanner.wordCount; at++) {
            hashes.add(scanner.words[at]);
        }
        return hashes;
    }

    /**
     * Starts a new text.
     *
     * @param length its UTF-16 units
     */
    void begin(int length) {
        wordCount = 0;
        shape = 0;
        shingleCount = 0;
        exact = Hash64.EMPTY;
        tailStart = length <= HEAD_LIMIT + TAIL_LIMIT ? 0 : length - TAIL_LIMIT;
        sentenceStart = true;
        inUrl = false;
        last = NOTHING;
        lastButOne = NOTHING;
        lastButTwo = NOTHING;
        spans.clear();
    }

    @Override
    public boolean word(Word word) {
        long hash = word.hash();
        exact = Hash64.append(word.afterSpace ? exact ^ SPACE : exact, hash);
        if (word.start() >= HEAD_LIMIT && word.start() < tailStart) {
            return true;
        }
        if (word.afterSpace) {
            inUrl = false;
            last = NOTHING;
            if (word.afterBreak) {
                lineBreak();
            }
        }
        if (inUrl) {
            return true;
        }
        lastButTwo = lastButOne;
        lastButOne = last;
        if (word.mark == 0) {
            letters(word, hash);
            last = LETTERS;
        } else {
            last = word.mark;
            mark(word, hash);
        }
        return true;
    }

    /** Ends the text; the results can be read. */
    void finish() {
        markBreak();
        for (int at = 0; at < Math.max(1, wordCount - SHINGLE_WORDS + 1) && at < wordCount; at++) {
            long second = at + 1 < wordCount ? words[at + 1] : 0;
            long third = at + 2 < wordCount ? words[at + 2] : 0;
            offer(Hash64.triple(words[at], second, third));
        }
        if (last == '?' || last == '\uFF1F' || last == '\u061F') {
            shape |= Marker.QUESTION.bit();
        }
    }

    private void lineBreak() {
        shape |= Marker.MULTILINE.bit();
        spans.lineBreak();
        if (!spans.isInCode()) {
            markBreak();
        }
        sentenceStart = true;
    }

    private void letters(Word word, long hash) {
        if (!word.isAscii()) {
            otherLetters(word);
        } else if (isApostrophe(lastButOne) && lastButTwo == LETTERS && wordCount > 0) {
            words[wordCount - 1] = Hash64.append(words[wordCount - 1], hash);
            if (skeleton[wordCount - 1] != MASK) {
                skeleton[wordCount - 1] = words[wordCount - 1];
            }
        } else {
            boolean digits = word.isPacked() ? word.hasDigit() : hasDigit(word);
            if (digits) {
                shape |= Marker.CONTAINS_NUMBER.bit();
            }
            // A capital inside a sentence is taken for a name; a pronoun is too short to be one.
            boolean name = word.capital && !sentenceStart && word.length() > 1;
            add(hash, digits || name);
        }
        sentenceStart = false;
    }

    private static boolean isApostrophe(char character) {
        return character == '\'' || character == '\u2019';
    }

    private static boolean hasDigit(Word word) {
        for (int at = 0; at < word.length(); at++) {
            if (Character.isDigit(word.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    /** Cuts a word that is not ASCII: kana stand alone, and what is neither letter nor digit separates. */
    private void otherLetters(Word word) {
        boolean capital = word.capital;
        part.clear();
        char[] characters = word.characters();
        for (int at = 0; at < word.length(); ) {
            int codePoint = Character.codePointAt(characters, at, word.length());
            int end = at + Character.charCount(codePoint);
            boolean alone = isKana(codePoint) || !Character.isBmpCodePoint(codePoint);
            boolean letter = isWordPart(codePoint);
            if (alone || !letter) {
                addPart(capital);
                capital = false;
            }
            for (; at < end; at++) {
                if (alone || letter) {
                    part.append(characters[at]);
                }
            }
            if (alone) {
                addPart(false);
            }
        }
        addPart(capital);
    }

    private void addPart(boolean capital) {
        if (part.length() > 0) {
            part.complete(0, 0);
            boolean digits = hasDigit(part);
            if (digits) {
                shape |= Marker.CONTAINS_NUMBER.bit();
            }
            add(part.hash(), digits || capital && !sentenceStart && part.length() > 1);
            part.clear();
        }
    }

    private static boolean isKana(int codePoint) {
        return codePoint >= 0x3040 && codePoint <= 0x30FF;
    }

    private static boolean isWordPart(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || Character.getType(codePoint) == Character.COMBINING_SPACING_MARK;
    }

    private void mark(Word word, long hash) {
        switch (word.mark) {
            case '.', '!', '?', '\u3002', '\uFF01', '\uFF1F' -> sentenceStart = true;
            case ':', '\uFF1A' -> {
                sentenceStartBeforeColon = sentenceStart;
                if (!spans.isQuoted()) {
                    markBreak();
                }
                sentenceStart = true;
            }
            case '/' -> slash();
            case '"', '\u201C', '\u201D', '\u00AB', '\u00BB', '\u300C', '\u300D' ->
                mask(spans.quote(word.mark, wordCount));
            case '`' -> {
                shape |= Marker.CONTAINS_CODE.bit();
                if (lastButOne == '`' && lastButTwo == '`') {
                    mask(spans.fence(wordCount));
                    last = NOTHING;
                }
            }
            case '{', ';', '}' -> shape |= Marker.CONTAINS_CODE.bit();
            case '$', '\\' -> shape |= Marker.FORMULA.bit();
            default -> {
                if (word.mark >= 0x2E80 && word.isIdeograph() || isKana(word.mark)) {
                    add(hash, false);
                    sentenceStart = false;
                }
            }
        }
    }

    /** The second slash after a colon after a word makes that word a URL, up to the next white space. */
    private void slash() {
        if (lastButOne == '/' && lastButTwo == ':' && wordCount > 0) {
            shape |= Marker.CONTAINS_URL.bit();
            inUrl = true;
            words[wordCount - 1] = MASK;
            skeleton[wordCount - 1] = MASK;
            breakAfter[wordCount - 1] = false;
            sentenceStart = sentenceStartBeforeColon;
        }
    }

    private void mask(int first) {
        for (int at = first; at < wordCount; at++) {
            skeleton[at] = MASK;
            breakAfter[at] = false;
        }
    }

    private void markBreak() {
        if (wordCount > 0) {
            breakAfter[wordCount - 1] = true;
        }
    }

    private void add(long hash, boolean masked) {
        if (wordCount == words.length) {
            words = Arrays.copyOf(words, wordCount * 2);
            skeleton = Arrays.copyOf(skeleton, wordCount * 2);
            breakAfter = Arrays.copyOf(breakAfter, wordCount * 2);
        }
        words[wordCount] = hash;
        skeleton[wordCount] = masked ? MASK : hash;
        breakAfter[wordCount] = false;
        wordCount++;
        spans.wordAdded();
    }

    /** Keeps the smallest shingle hashes: the same sample for the same set of shingles, whatever their order. */
    private void offer(int hash) {
        int position = shingleCount;
        while (position > 0 && Integer.compareUnsigned(shingles[position - 1], hash) > 0) {
            position--;
        }
        if (position == shingles.length || position > 0 && shingles[position - 1] == hash) {
            return;
        }
        int moved = Math.min(shingleCount, shingles.length - 1) - position;
        System.arraycopy(shingles, position, shingles, position + 1, moved);
        shingles[position] = hash;
        shingleCount = Math.min(shingles.length, shingleCount + 1);
    }

    /** Hash over all words and marks, and where white space stands between them; never 0. */
    long exact() {
        long hash = Hash64.finish(exact);
        return hash == 0 ? 1 : hash;
    }

    /** Hash over the words with every run of masked parts as one mark; 0 when there are no words. */
    long skeleton() {
        if (wordCount == 0) {
            return 0;
        }
        long running = Hash64.EMPTY;
        long previous = 0;
        for (int at = 0; at < wordCount; at++) {
            long next = skeleton[at];
            if (next != MASK || previous != MASK) {
                running = Hash64.append(running, next);
            }
            previous = next;
        }
        return Hash64.finish(running);
    }

    /** Key of the opening, shared by the fills of a template that begins with fixed words. */
    long headKey() {
        return TemplateKey.head(skeleton, breakAfter, wordCount);
    }

    /** Key of the closing, shared by the fills of a template that ends with fixed words. */
    long tailKey() {
        return TemplateKey.tail(skeleton, breakAfter, wordCount);
    }

    /** Markers of the wording and of the shape. */
    long markers(MarkerLexicon lexicon) {
        long found = shape;
        for (int at = 0; at < wordCount; at++) {
            found |= lexicon.endingAt(words, at);
        }
        return found;
    }

    int words() {
        return wordCount;
    }

    long wordAt(int position) {
        return words[position];
    }

    /** Size of the shingle sample. */
    int shingles() {
        return shingleCount;
    }

    /** A member of the shingle sample; the smallest, unsigned, has position 0. */
    int shingleAt(int position) {
        return shingles[position];
    }
}
