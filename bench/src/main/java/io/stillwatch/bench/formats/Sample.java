package io.stillwatch.bench.formats;

import java.util.Random;

/** What the requests of all kinds of logs have in common: 50 accounts, a request a millisecond, prompts of 300 characters. */
final class Sample {
    private static final long TIME = 1_793_611_800_000L;
    private static final int PROMPT = 300;

    private Sample() {}

    /** When it was made; milliseconds since 1970. */
    static long time(int number) {
        return TIME + number;
    }

    static String account(int number) {
        return "a" + number % 50;
    }

    static String prompt(int number) {
        Random random = new Random(number);
        StringBuilder words = new StringBuilder();
        while (words.length() < PROMPT) {
            words.append("word").append(random.nextInt(5_000)).append(' ');
        }
        return words.substring(0, PROMPT);
    }

    /** The messages of a chat as JSON. */
    static String messages(int number) {
        return "[{\"role\":\"user\",\"content\":\"" + prompt(number) + "\"}]";
    }

    /** JSON as a text within JSON. */
    static String quoted(String json) {
        return "\"" + json.replace("\"", "\\\"") + "\"";
    }
}
