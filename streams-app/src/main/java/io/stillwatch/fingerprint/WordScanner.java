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
        char[] source = chunk;
        char[] target = word.characters;
        int i = 0;
        while (i < count) {
            int length = word.length;
            int from = i;
            int union = 0;
            int end = Math.min(count, i + Word.CAPACITY - length);
            char code = CharacterFolding.DROPPED;
            while (i < end && (code = codes[source[i]]) >= CharacterFolding.FIRST_LETTER) {
                target[length++] = code;
                union |= code;
                i++;
            }
            if (word.length == 0) {
                wordStart = offset + from;
            }
            word.length = length;
            word.union |= union;
            if (i == end) {
                if (i == count) {
                    return true;
                }
                code = codes[source[i]];
            }
            i++;
            if (code == CharacterFolding.SPACE) {
                if (length > 0 && !emit(offset + i - 1, sink)) {
                    return false;
                }
            } else if (code < CharacterFolding.FIRST_LETTER && code != CharacterFolding.DROPPED) {
                if (code == CharacterFolding.HIGH_SURROGATE && i < count && Character.isLowSurrogate(source[i])) {
                    i++;
                }
                if (!takeSpecial(code, offset, i, sink)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes the character that ends before {@code chunk[end]} and is neither a letter nor a space. */
    private boolean takeSpecial(char code, int offset, int end, WordSink sink) {
        char last = chunk[end - 1];
        int at = offset + end - 1;
        if (code == CharacterFolding.ALONE) {
            return take(last, true, at, at + 1, sink);
        }
        if (code == CharacterFolding.EXPANDED) {
            return takeExpansion(last, at, sink);
        }
        return !Character.isLowSurrogate(last)
                || takeSupplementary(Character.toCodePoint(chunk[end - 2], last), at - 1, sink);
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
