package io.stillwatch.fingerprint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.text.Normalizer;
import java.util.Arrays;

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
    private static final int MASKS = CHUNK / Long.SIZE;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
    /** Moves the lowest bit of each byte to the highest byte, the first byte's to its lowest bit. */
    private static final long GATHER = 0x0102_0408_1020_4080L;

    private final char[] chunk = new char[CHUNK];
    /** Low bytes of the chunk's {@link UnitTable} entries, then room for reading a packed word at the very end. */
    private final byte[] folded = new byte[CHUNK + Long.SIZE + Word.PACKED_LENGTH];
    /** A bit a unit of the chunk: is it a letter or digit. One mask more than the chunk has, so that every run ends. */
    private final long[] letters = new long[MASKS + 1];
    /** A bit a unit of the chunk: is it anything but white space. */
    private final long[] visible = new long[MASKS + 1];

    private final char[] expansion = new char[CharacterFolding.LONGEST_EXPANSION];
    private final Word word = new Word();
    private int wordStart;
    private boolean wordCapital;
    /** Whether the special unit being taken is an upper-case letter. */
    private boolean startsCapital;

    private boolean space;
    private boolean lineBreak;
    private int flags;

    /** Hands the words of {@code text} to {@code sink} until it wants no more. */
    public void scan(CharSequence text, WordSink sink) {
        word.clear();
        space = true;
        lineBreak = false;
        flags = 0;
        int length = text.length();
        for (int from = 0; from < length; ) {
            int to = Math.min(length, from + CHUNK);
            if (to < length && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            copy(text, from, to);
            int seen = classify(to - from);
            flags |= seen;
            boolean plain = (seen & UnitTable.SLOW) == 0 && word.length == 0;
            if (plain && to < length) {
                int wordEnd = from + lastWordEnd(to - from);
                plain = wordEnd > from;
                to = plain ? wordEnd : to;
            }
            if (plain ? !scanPlain(from, to - from, sink) : !scanChunk(from, to - from, sink)) {
                return;
            }
            from = to;
        }
        if (word.length > 0) {
            emit(length, sink);
        }
    }

    /** Whether the text just read has characters that read otherwise in their {@link NormalForm}. */
    boolean sawUnstable() {
        return (flags & UnitTable.UNSTABLE) != 0;
    }

    /** Whether the text just read has letters of another script than the Latin one. */
    boolean sawOtherScript() {
        return (flags & (UnitTable.OTHER_SCRIPT | UnitTable.SLOW)) != 0;
    }

    /** Folds the chunk's units and returns the union of their flags. */
    private int classify(int count) {
        char[] entries = UnitTable.entries();
        char[] source = chunk;
        byte[] target = folded;
        int union = 0;
        for (int i = 0; i < count; i++) {
            char entry = entries[source[i]];
            union |= entry;
            target[i] = (byte) entry;
        }
        return union & ~0xFF;
    }

    /** Just past the last unit of the chunk that is no letter, so that no word is cut there; 0 if all are letters. */
    private int lastWordEnd(int count) {
        int end = count;
        while (end > 0 && folded[end - 1] < 0) {
            end--;
        }
        return end;
    }

    /**
     * Reads a chunk of ASCII letters, white space and characters that stand alone, which no word crosses. Finds the ends of
     * words in masks, because a loop over the letters would be mispredicted by the processor at the end of most words.
     */
    private boolean scanPlain(int offset, int count, WordSink sink) {
        mask(count);
        int previousEnd = 0;
        for (int at = next(visible, 0); at < count; at = next(visible, previousEnd)) {
            for (int gap = previousEnd; gap < at; gap++) {
                space = true;
                lineBreak |= folded[gap] == UnitTable.LINE_BREAK;
            }
            int end;
            if (folded[at] < 0) {
                end = nextClear(letters, at);
                word.view(folded, at, end - at);
                word.capital = isCapital(chunk[at]);
            } else {
                end = at + 1;
                word.view(chunk[at]);
                word.capital = false;
            }
            previousEnd = end;
            word.place(offset + at, offset + end);
            if (!hand(sink)) {
                return false;
            }
        }
        for (int gap = previousEnd; gap < count; gap++) {
            space = true;
            lineBreak |= folded[gap] == UnitTable.LINE_BREAK;
        }
        word.clear();
        return true;
    }

    private void mask(int count) {
        int masks = (count + Long.SIZE - 1) / Long.SIZE;
        Arrays.fill(folded, count, masks * Long.SIZE, (byte) UnitTable.SPACE);
        for (int i = 0; i < masks; i++) {
            long letter = 0;
            long other = 0;
            for (int at = i * Long.SIZE, shift = 0; shift < Long.SIZE; at += Long.BYTES, shift += Byte.SIZE) {
                long units = (long) LONGS.get(folded, at);
                letter |= ((units >>> 7 & LOWEST_BITS) * GATHER >>> 56) << shift;
                other |= ((~units >>> 6 & LOWEST_BITS) * GATHER >>> 56) << shift;
            }
            letters[i] = letter;
            visible[i] = letter | other;
        }
        letters[masks] = 0;
        visible[masks] = -1L;
    }

    private static int next(long[] masks, int from) {
        int i = from / Long.SIZE;
        long mask = masks[i] & -1L << from;
        while (mask == 0) {
            mask = masks[++i];
        }
        return i * Long.SIZE + Long.numberOfTrailingZeros(mask);
    }

    private static int nextClear(long[] masks, int from) {
        int i = from / Long.SIZE;
        long mask = ~masks[i] & -1L << from;
        while (mask == 0) {
            mask = ~masks[++i];
        }
        return i * Long.SIZE + Long.numberOfTrailingZeros(mask);
    }

    private static boolean isCapital(char unit) {
        return unit < 0x80 ? unit >= 'A' && unit <= 'Z' : Character.isUpperCase(unit) || Character.isTitleCase(unit);
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
        char[] target = word.characters();
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
                wordCapital = isCapital(source[from]);
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
                space = true;
                lineBreak |= UnitTable.isLineBreak(source[i - 1]);
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
        startsCapital = isCapital(last);
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
        flags |= NormalForm.isStable(codePoint) ? 0 : UnitTable.UNSTABLE;
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
            wordCapital = startsCapital;
        }
        if (Character.isBmpCodePoint(codePoint)) {
            word.append((char) codePoint);
        } else {
            word.append(Character.highSurrogate(codePoint));
            word.append(Character.lowSurrogate(codePoint));
        }
        if (!alone) {
            return true;
        }
        word.mark = word.characters()[0];
        return emit(end, sink);
    }

    private boolean emit(int end, WordSink sink) {
        word.complete(wordStart, end);
        word.capital = wordCapital;
        boolean more = hand(sink);
        word.clear();
        return more;
    }

    private boolean hand(WordSink sink) {
        word.afterSpace = space;
        word.afterBreak = lineBreak;
        space = false;
        lineBreak = false;
        return sink.word(word);
    }
}
