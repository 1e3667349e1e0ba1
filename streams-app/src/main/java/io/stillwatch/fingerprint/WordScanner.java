package io.stillwatch.fingerprint;

import java.text.Normalizer;

/**
 * Reads a text once and hands on its words: what stands between white space, punctuation and ideographs, in lower case
 * and without accents; each punctuation character and each ideograph is a word of its own.
 *
 * <p>Any sequence of UTF-16 units is a text: unpaired surrogates are skipped like control characters. Allocates nothing
 * once constructed, except for the few code points above U+FFFF that have a canonical decomposition.
 *
 * <p>Not thread-safe.
 */
public final class WordScanner {
    private static final int CHUNK = 1024;

    private final char[] chunk = new char[CHUNK];
    private final char[] expansion = new char[CharacterFolding.LONGEST_EXPANSION];
    private final Word word = new Word();
    private int wordStart;

    /** Hands the words of {@code text} to {@code sink} until it wants no more. */
    public void scan(CharSequence text, WordSink sink) {
        word.clear();
        int length = text.length();
        for (int from = 0; from < length; ) {
            int to = Math.min(length, from + CHUNK);
            if (to < length && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            copy(text, from, to);
            if (!scanChunk(from, to - from, sink)) {
                return;
            }
            from = to;
        }
        if (word.length > 0) {
            emit(length, sink);
        }
    }

    private void copy(CharSequence text, int from, int to) {
        if (text instanceof String string) {
            string.getChars(from, to, chunk, 0);
        } else if (text instanceof StringBuilder builder) {
            builder.getChars(from, to, chunk, 0);
        } else {
            for (int i = from; i < to; i++) {
                chunk[i - from] = text.charAt(i);
            }
        }
    }

    private boolean scanChunk(int offset, int count, WordSink sink) {
        char[] codes = CharacterFolding.codes();
        char[] characters = word.characters;
        // The word grows in local variables: they stay in registers, fields would not.
        int length = word.length;
        int union = word.union;
        long recent = word.recent;
        long older = word.older;
        int start = wordStart;
        for (int i = 0; i < count; i++) {
            char code = codes[chunk[i]];
            if (code >= CharacterFolding.FIRST_LETTER) {
                start = length == 0 ? offset + i : start;
                if (length < Word.CAPACITY) {
                    characters[length++] = code;
                    union |= code;
                    older = older << Word.BITS_A_CHARACTER | recent >>> (63 - Word.BITS_A_CHARACTER);
                    recent = (recent << Word.BITS_A_CHARACTER | code) & Word.RECENT_MASK;
                }
                continue;
            }
            if (code == CharacterFolding.DROPPED) {
                continue;
            }
            word.length = length;
            word.union = union;
            word.recent = recent;
            word.older = older;
            wordStart = start;
            if (length > 0 && code <= CharacterFolding.ALONE && !emit(offset + i, sink)) {
                return false;
            }
            if (code == CharacterFolding.ALONE) {
                wordStart = offset + i;
                word.append(chunk[i]);
                if (!emit(offset + i + 1, sink)) {
                    return false;
                }
            } else if (code == CharacterFolding.EXPANDED) {
                if (!takeExpansion(chunk[i], offset + i, sink)) {
                    return false;
                }
            } else if (code == CharacterFolding.HIGH_SURROGATE
                    && i + 1 < count
                    && Character.isLowSurrogate(chunk[i + 1])) {
                if (!takeSupplementary(Character.toCodePoint(chunk[i], chunk[i + 1]), offset + i, sink)) {
                    return false;
                }
                i++;
            }
            length = word.length;
            union = word.union;
            recent = word.recent;
            older = word.older;
            start = wordStart;
        }
        word.length = length;
        word.union = union;
        word.recent = recent;
        word.older = older;
        wordStart = start;
        return true;
    }

    private boolean takeExpansion(char character, int at, WordSink sink) {
        int count = CharacterFolding.expand(character, expansion);
        for (int i = 0; i < count; ) {
            int part = Character.codePointAt(expansion, i, count);
            i += Character.charCount(part);
            if (!takePart(part, at, at + 1, sink)) {
                return false;
            }
        }
        return true;
    }

    private boolean takeSupplementary(int codePoint, int at, WordSink sink) {
        if (!CharacterFolding.decomposes(codePoint)) {
            return takePart(codePoint, at, at + 2, sink);
        }
        String decomposed = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD);
        for (int i = 0; i < decomposed.length(); ) {
            int part = decomposed.codePointAt(i);
            i += Character.charCount(part);
            if (!takePart(part, at, at + 2, sink)) {
                return false;
            }
        }
        return true;
    }

    /** Takes a code point that decomposes no further. */
    private boolean takePart(int codePoint, int at, int end, WordSink sink) {
        if (Character.isBmpCodePoint(codePoint)) {
            boolean alone = CharacterFolding.codes()[codePoint] == CharacterFolding.ALONE;
            return take(codePoint, alone, at, end, sink);
        }
        int folded = CharacterFolding.foldSupplementary(codePoint);
        return folded == 0 || take(Math.abs(folded), folded < 0, at, end, sink);
    }

    private boolean take(int codePoint, boolean alone, int at, int end, WordSink sink) {
        if (alone && word.length > 0 && !emit(at, sink)) {
            return false;
        }
        if (word.length == 0) {
            wordStart = at;
        }
        if (Character.isBmpCodePoint(codePoint)) {
            word.append((char) codePoint);
        } else {
            word.append(Character.highSurrogate(codePoint));
            word.append(Character.lowSurrogate(codePoint));
        }
        return !alone || emit(end, sink);
    }

    private boolean emit(int end, WordSink sink) {
        word.complete(wordStart, end);
        boolean more = sink.word(word);
        word.clear();
        return more;
    }
}
