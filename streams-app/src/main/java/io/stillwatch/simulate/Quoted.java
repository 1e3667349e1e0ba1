package io.stillwatch.simulate;

/** Text from outside as it may stand in a message: short, in quotes, without control characters. */
final class Quoted {
    private static final int MOST = 60;

    private Quoted() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().limit(MOST).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                out.append('?');
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append(text.codePointCount(0, text.length()) > MOST ? "…\"" : "\"")
                .toString();
    }
}
