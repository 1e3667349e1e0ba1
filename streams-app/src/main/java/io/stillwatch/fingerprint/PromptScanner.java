package io.stillwatch.fingerprint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One pass over a text that yields its exact hash, skeleton, template keys, shingles, words and shape.
 *
 * <p>Not thread-safe: it reuses its buffers, so scanning allocates nothing. Text longer than {@value #HEAD_LIMIT} +
 * {@value #TAIL_LIMIT} characters is scanned at its beginning and its end; the exact hash always covers all of it.
 */
final class PromptScanner {
    /** Characters scanned from the start of a text. */
    static final int HEAD_LIMIT = 24_576;
    /** Characters scanned from the end of a longer text. */
    static final int TAIL_LIMIT = 8_192;

    private static final int KEY_WORDS = 3;
    private static final int LONGEST_LABEL = 14;
    private static final int LONGEST_QUOTE = 400;
    private static final int SHINGLE_WORDS = 3;

    /** Hash that stands for any masked part in a skeleton. */
    private static final long MASK = Hash64.finish(0x6D61736B);

    private long[] words = new long[256];
    private boolean[] masked = new boolean[256];
    private boolean[] breakAfter = new boolean[256];
    private final int[] shingles;
    private int shingleCount;
    private int wordCount;
    private int codePoints;
    private long shape;
    private long exact;

    PromptScanner(int shingleSample) {
        shingles = new int[shingleSample];
    }

    /** Hashes of the words of a phrase, in the scanner's own way of cutting words. */
    static List<Long> wordHashes(String phrase) {
        PromptScanner scanner = new PromptScanner(1);
        scanner.scan(phrase);
        List<Long> hashes = new ArrayList<>();
        for (int at = 0; at < scanner.wordCount; at++) {
            hashes.add(scanner.words[at]);
        }
        return hashes;
    }

    void scan(CharSequence text) {
        wordCount = 0;
        codePoints = 0;
        shape = 0;
        shingleCount = 0;
        int length = text.length();
        exact = exactHash(text);
        if (length <= HEAD_LIMIT + TAIL_LIMIT) {
            cut(text, 0, length);
        } else {
            cut(text, 0, HEAD_LIMIT);
            cut(text, length - TAIL_LIMIT, length);
        }
        sampleShingles();
        int last = length - 1;
        while (last >= 0 && Character.isWhitespace(text.charAt(last))) {
            last--;
        }
        if (last >= 0 && isQuestionMark(text.charAt(last))) {
            shape |= Marker.QUESTION.bit();
        }
    }

    private static boolean isQuestionMark(char character) {
        return character == '?' || character == '\uFF1F' || character == '\u061F';
    }

    /** Case and runs of white space do not count; everything else does. */
    private long exactHash(CharSequence text) {
        long running = Hash64.EMPTY;
        boolean space = true;
        int points = 0;
        for (int at = 0, length = text.length(); at < length; at++) {
            char character = text.charAt(at);
            if (!Character.isLowSurrogate(character)) {
                points++;
            }
            if (character <= ' ' || Character.isWhitespace(character)) {
                space = true;
                continue;
            }
            if (space) {
                running = Hash64.character(running, ' ');
                space = false;
            }
            running = Hash64.character(running, lower(character));
        }
        codePoints = points;
        long hash = Hash64.finish(running);
        return hash == 0 ? 1 : hash;
    }

    private static char lower(char character) {
        if (character < 128) {
            return character >= 'A' && character <= 'Z' ? (char) (character + 32) : character;
        }
        return Character.toLowerCase(character);
    }

    private void cut(CharSequence text, int from, int to) {
        boolean sentenceStart = true;
        int at = from;
        while (at < to) {
            char character = text.charAt(at);
            if (isWordPart(character)) {
                at = word(text, at, to, sentenceStart);
                sentenceStart = false;
            } else if (isIdeograph(character)) {
                add(Hash64.finish(Hash64.character(Hash64.EMPTY, character)), false);
                sentenceStart = false;
                at++;
            } else {
                switch (character) {
                    case '\n' -> {
                        shape |= Marker.MULTILINE.bit();
                        markBreak();
                        sentenceStart = true;
                        at++;
                    }
                    case '.', '!', '?', '\u3002', '\uFF01', '\uFF1F' -> {
                        sentenceStart = true;
                        at++;
                    }
                    case ':', '\uFF1A' -> {
                        markBreak();
                        sentenceStart = true;
                        at++;
                    }
                    case '"', '\u201C', '\u00AB', '\u300C' -> at = quote(text, at, to);
                    case '`' -> at = code(text, at, to);
                    case '{', ';', '}' -> {
                        shape |= Marker.CONTAINS_CODE.bit();
                        at++;
                    }
                    case '$', '\\' -> {
                        shape |= Marker.FORMULA.bit();
                        at++;
                    }
                    default -> at++;
                }
            }
        }
        markBreak();
    }

    private int word(CharSequence text, int start, int to, boolean sentenceStart) {
        long running = Hash64.EMPTY;
        boolean digits = false;
        int at = start;
        char character = text.charAt(at);
        boolean capital = Character.isUpperCase(character);
        while (at < to) {
            character = text.charAt(at);
            if (!isWordPart(character)) {
                if (character == '\'' && at + 1 < to && isWordPart(text.charAt(at + 1))) {
                    at++;
                    continue;
                }
                break;
            }
            if (character >= '0' && character <= '9') {
                digits = true;
            }
            running = Hash64.character(running, lower(character));
            at++;
        }
        if (at + 2 < to && character == ':' && text.charAt(at + 1) == '/' && text.charAt(at + 2) == '/') {
            shape |= Marker.CONTAINS_URL.bit();
            while (at < to && text.charAt(at) > ' ') {
                at++;
            }
            add(MASK, true);
            return at;
        }
        if (digits) {
            shape |= Marker.CONTAINS_NUMBER.bit();
        }
        // A capital inside a sentence is taken for a name; a pronoun is too short to be one.
        boolean name = capital && !sentenceStart && at - start > 1;
        add(Hash64.finish(running), digits || name);
        return at;
    }

    private int quote(CharSequence text, int start, int to) {
        char close = closing(text.charAt(start));
        int end = Math.min(to, start + LONGEST_QUOTE);
        for (int at = start + 1; at < end; at++) {
            char character = text.charAt(at);
            if (character == close) {
                int first = wordCount;
                cutPlain(text, start + 1, at);
                maskFrom(first);
                return at + 1;
            }
            if (character == '\n') {
                break;
            }
        }
        return start + 1;
    }

    private static char closing(char open) {
        return switch (open) {
            case '\u201C' -> '\u201D';
            case '\u00AB' -> '\u00BB';
            case '\u300C' -> '\u300D';
            default -> open;
        };
    }

    private int code(CharSequence text, int start, int to) {
        shape |= Marker.CONTAINS_CODE.bit();
        if (start + 2 < to && text.charAt(start + 1) == '`' && text.charAt(start + 2) == '`') {
            for (int at = start + 3; at + 2 < to; at++) {
                if (text.charAt(at) == '`' && text.charAt(at + 1) == '`' && text.charAt(at + 2) == '`') {
                    int first = wordCount;
                    cutPlain(text, start + 3, at);
                    maskFrom(first);
                    return at + 3;
                }
            }
            return start + 3;
        }
        return start + 1;
    }

    private void cutPlain(CharSequence text, int from, int to) {
        int at = from;
        while (at < to) {
            char character = text.charAt(at);
            if (isWordPart(character)) {
                at = word(text, at, to, true);
            } else if (isIdeograph(character)) {
                add(Hash64.finish(Hash64.character(Hash64.EMPTY, character)), false);
                at++;
            } else {
                at++;
            }
        }
    }

    private void maskFrom(int first) {
        for (int at = first; at < wordCount; at++) {
            masked[at] = true;
        }
    }

    private void markBreak() {
        if (wordCount > 0) {
            breakAfter[wordCount - 1] = true;
        }
    }

    private void add(long hash, boolean mask) {
        if (wordCount == words.length) {
            words = Arrays.copyOf(words, wordCount * 2);
            masked = Arrays.copyOf(masked, wordCount * 2);
            breakAfter = Arrays.copyOf(breakAfter, wordCount * 2);
        }
        words[wordCount] = hash;
        masked[wordCount] = mask;
        breakAfter[wordCount] = false;
        wordCount++;
    }

    private static boolean isWordPart(char character) {
        if (character < 128) {
            return character >= 'a' && character <= 'z'
                    || character >= 'A' && character <= 'Z'
                    || character >= '0' && character <= '9';
        }
        return !isIdeograph(character)
                && (Character.isLetterOrDigit(character)
                        || Character.isSurrogate(character)
                        || Character.getType(character) == Character.NON_SPACING_MARK);
    }

    private static boolean isIdeograph(char character) {
        return character >= 0x2E80 && Character.isIdeographic(character) || character >= 0x3040 && character <= 0x30FF;
    }

    /** Keeps the smallest shingle hashes: the same sample for the same set of shingles, whatever their order. */
    private void sampleShingles() {
        int last = wordCount - SHINGLE_WORDS;
        for (int at = 0; at <= Math.max(0, last) && at < wordCount; at++) {
            long running = Hash64.EMPTY;
            for (int next = at; next < Math.min(wordCount, at + SHINGLE_WORDS); next++) {
                running = Hash64.append(running, words[next]);
            }
            offer((int) (Hash64.finish(running) >>> 32));
        }
    }

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

    long exact() {
        return exact;
    }

    /** Hash over the words with every run of masked parts as one mark; 0 when there are no words. */
    long skeleton() {
        if (wordCount == 0) {
            return 0;
        }
        long running = Hash64.EMPTY;
        boolean afterMask = false;
        for (int at = 0; at < wordCount; at++) {
            if (!masked[at]) {
                running = Hash64.append(running, words[at]);
            } else if (!afterMask) {
                running = Hash64.append(running, MASK);
            }
            afterMask = masked[at];
        }
        return Hash64.finish(running);
    }

    /**
     * Key of the opening: the label that ends at the first line break or colon when it is short, else the first
     * words. Fills of one template share it.
     */
    long headKey() {
        int end = Math.min(wordCount, KEY_WORDS);
        for (int at = 0; at < Math.min(wordCount - 1, LONGEST_LABEL); at++) {
            if (breakAfter[at]) {
                end = at + 1;
                break;
            }
        }
        return key(0, end);
    }

    /** Key of the closing: the last line when it is short, else the last words. */
    long tailKey() {
        int start = Math.max(0, wordCount - KEY_WORDS);
        for (int at = wordCount - 2; at >= Math.max(0, wordCount - 1 - LONGEST_LABEL); at--) {
            if (breakAfter[at]) {
                start = at + 1;
                break;
            }
        }
        return key(start, wordCount);
    }

    private long key(int from, int to) {
        if (from >= to) {
            return 0;
        }
        long running = Hash64.EMPTY;
        for (int at = from; at < to; at++) {
            running = Hash64.append(running, masked[at] ? MASK : words[at]);
        }
        return Hash64.finish(running);
    }

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

    int codePoints() {
        return codePoints;
    }

    /** The shingle sample, smallest first. */
    int[] shingles() {
        return Arrays.copyOf(shingles, shingleCount);
    }
}
