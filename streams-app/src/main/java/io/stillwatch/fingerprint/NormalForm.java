package io.stillwatch.fingerprint;

import java.text.Normalizer;
import java.util.BitSet;

/**
 * The form of a text in which spellings that look alike are alike: compatibility decomposition (NFKD of Unicode Standard
 * Annex 15), invisible fillers removed, and every blank a space. With the folding of {@link CharacterFolding} it decides
 * which prompts have the same hashes.
 *
 * <p>Most texts read the same in this form as they stand; {@link #isStable} tells, so that only the others pay for it.
 */
final class NormalForm {
    private static final int FIRST = Character.MIN_SUPPLEMENTARY_CODE_POINT;
    private static final int LAST_COMPATIBILITY_IDEOGRAPH = 0x2FA1F;

    private NormalForm() {}

    /** The normal form of any text; allocates. */
    static String of(CharSequence text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder form = new StringBuilder(decomposed.length());
        for (int at = 0; at < decomposed.length(); at++) {
            char unit = decomposed.charAt(at);
            if (isBlank(unit)) {
                form.append(' ');
            } else if (!isFiller(unit)) {
                form.append(unit);
            }
        }
        return form.toString();
    }

    /** Whether a unit folds to the same characters as its normal form; a surrogate does. */
    static boolean isStable(char unit) {
        if (isBlank(unit) || isFiller(unit) || isToneMark(unit)) {
            return false;
        }
        if (Character.isSurrogate(unit) || CharacterFolding.codes()[unit] == CharacterFolding.DROPPED) {
            return true;
        }
        String decomposed = Normalizer.normalize(String.valueOf(unit), Normalizer.Form.NFKD);
        return CharacterFolding.codes()[unit] == CharacterFolding.SPACE && decomposed.equals(" ")
                || decomposed.equals(Normalizer.normalize(String.valueOf(unit), Normalizer.Form.NFD));
    }

    /** Whether a code point above U+FFFF folds to the same characters as its normal form. */
    static boolean isStable(int codePoint) {
        return codePoint > LAST_COMPATIBILITY_IDEOGRAPH || !Supplementary.UNSTABLE.get(codePoint - FIRST);
    }

    /** White space that the folding for the embedding drops, and the braille pattern without dots. */
    private static boolean isBlank(char unit) {
        return unit == '\u000B'
                || unit == '\f'
                || unit >= '\u001C' && unit <= '\u001F'
                || unit == '\u0085'
                || unit == '\u2800';
    }

    /** Letters without a glyph: what the Hangul fillers decompose to, and the fillers themselves. */
    private static boolean isFiller(char unit) {
        return unit == '\u115F' || unit == '\u1160' || unit == '\u3164' || unit == '\uFFA0';
    }

    /** Spacing marks whose order among other marks is free, so that only a normal form orders them. */
    private static boolean isToneMark(char unit) {
        return unit == '\u302E' || unit == '\u302F';
    }

    private static final class Supplementary {
        static final BitSet UNSTABLE = new BitSet();

        static {
            for (int codePoint = FIRST; codePoint <= LAST_COMPATIBILITY_IDEOGRAPH; codePoint++) {
                String text = Character.toString(codePoint);
                String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
                if (!decomposed.equals(Normalizer.normalize(text, Normalizer.Form.NFD)) || isReordered(codePoint)) {
                    UNSTABLE.set(codePoint - FIRST);
                }
                // Between the planes of symbols and of compatibility ideographs lie only plain ideographs.
                if (codePoint == 0x1FFFF) {
                    codePoint = 0x2F7FF;
                }
            }
        }

        /** Spacing marks whose order among other marks is free: musical ones, and two of Vietnamese ideographs. */
        private static boolean isReordered(int codePoint) {
            return codePoint >= 0x16FF0 && codePoint <= 0x16FF1
                    || codePoint >= 0x1D15E && codePoint <= 0x1D172
                    || codePoint >= 0x1D1BB && codePoint <= 0x1D1C0;
        }
    }
}
