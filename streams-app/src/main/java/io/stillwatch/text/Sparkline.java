package io.stillwatch.text;

import java.util.List;

/** A row of figures drawn in characters, the highest as high as a character: ▁▃█▅·. */
public final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final char NO_BLOCK = '·';

    /** For terminals whose character set has no blocks: the fuller the more. */
    private static final String ASCII = ":-=+*%#@";

    private static final char NO_ASCII = '.';

    private Sparkline() {}

    /**
     * Draws figures on a scale from 0 to the highest of them; anything above 0 can be told from 0.
     *
     * @param figures not negative
     * @param blocks whether the reader can see blocks
     */
    public static String of(List<Long> figures, boolean blocks) {
        String levels = blocks ? BLOCKS : ASCII;
        long highest = 1;
        for (long figure : figures) {
            highest = Math.max(highest, figure);
        }
        StringBuilder line = new StringBuilder(figures.size());
        for (long figure : figures) {
            int level = (int) Math.ceil((double) figure / highest * levels.length()) - 1;
            line.append(figure <= 0 ? (blocks ? NO_BLOCK : NO_ASCII) : levels.charAt(Math.max(0, level)));
        }
        return line.toString();
    }
}
