package io.stillwatch.embedding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts on which the sum of token vectors is fitted to the full model: a sample of WordNet's entries and example
 * sentences for the breadth of the vocabulary, and {@code requests.txt} filled with WordNet's words for the manner of
 * requests. The same texts every time.
 */
final class TrainingTexts {
    private static final int SEED = 20_261_123;
    private static final int WORDNET_TEXTS = 30_000;
    private static final int FILLINGS = 80;

    /** Share of the words taken from those that occur in tagged texts; the others are mostly rare. */
    private static final double COMMON_WORDS = 0.6;

    private static final String REQUESTS = "requests.txt";
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final List<String> LANGUAGES = List.of(
            "German",
            "French",
            "Spanish",
            "Italian",
            "Chinese",
            "Japanese",
            "Russian",
            "Arabic",
            "Portuguese",
            "Hindi");
    private static final List<String> PROGRAMMING_LANGUAGES =
            List.of("Python", "Java", "JavaScript", "C++", "Rust", "Go", "C#", "PHP", "Ruby", "Kotlin");
    private static final List<String> PEOPLE = List.of(
            "Anna", "Ben", "Carla", "David", "Emma", "Farid", "Grace", "Hugo", "Ines", "James", "Kim", "Lena", "Maria",
            "Nadia", "Omar", "Paul", "Rosa", "Sam", "Tom", "Wei");
    private static final int[] NUMBER_BOUNDS = {12, 100, 2_000};

    private final Random random = new Random(SEED);
    private final WordNet wordNet;

    private TrainingTexts(WordNet wordNet) {
        this.wordNet = wordNet;
    }

    static List<String> all() throws IOException {
        TrainingTexts texts = new TrainingTexts(WordNet.read());
        List<String> all = new ArrayList<>(texts.sampleOfWordNet());
        List<String> requests = requests();
        for (int filling = 0; filling < FILLINGS; filling++) {
            for (String request : requests) {
                all.add(PLACE.matcher(request).replaceAll(texts::fill));
            }
        }
        return all;
    }

    private List<String> sampleOfWordNet() {
        List<String> texts = new ArrayList<>(wordNet.entries());
        texts.addAll(wordNet.examples());
        Collections.shuffle(texts, random);
        return texts.subList(0, WORDNET_TEXTS);
    }

    private String fill(MatchResult place) {
        String text = switch (place.group(1)) {
            case "thing" -> word(wordNet.nouns());
            case "act" -> word(wordNet.verbs());
            case "quality" -> word(wordNet.adjectives());
            case "gloss" -> any(wordNet.definitions());
            case "example" -> any(wordNet.examples());
            case "language" -> any(LANGUAGES);
            case "code" -> any(PROGRAMMING_LANGUAGES);
            case "person" -> any(PEOPLE);
            case "n" -> Integer.toString(2 + random.nextInt(NUMBER_BOUNDS[random.nextInt(NUMBER_BOUNDS.length)]));
            default ->
                throw new IllegalArgumentException(
                        "The place " + place.group() + " in " + REQUESTS + " has no meaning.");
        };
        return Matcher.quoteReplacement(text);
    }

    private String word(WordNet.Words words) {
        return any(random.nextDouble() < COMMON_WORDS ? words.common() : words.all());
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static List<String> requests() throws IOException {
        InputStream stream = TrainingTexts.class.getResourceAsStream(REQUESTS);
        if (stream == null) {
            throw new IOException("The resource " + REQUESTS + " is missing.");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
