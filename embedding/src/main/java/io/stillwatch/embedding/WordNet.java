package io.stillwatch.embedding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * English words, definitions and example sentences from WordNet 3.1 (Princeton University), as its Maven artifact brings
 * them. An entry is a definition with the words it defines before it. File format: WordNet's manual page {@code wndb(5WN)}.
 */
record WordNet(
        Words nouns,
        Words verbs,
        Words adjectives,
        List<String> entries,
        List<String> definitions,
        List<String> examples) {
    /** Words of one part of speech: all of them, and those that occur in WordNet's tagged texts. */
    record Words(List<String> all, List<String> common) {
        Words() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
    private static final Pattern EXAMPLE = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern TRAILING = Pattern.compile("[;\\s]+$");
    private static final Pattern SYNTAX_MARK = Pattern.compile("\\(.*\\)");
    private static final int SHORTEST_EXAMPLE_WORDS = 3;

    static WordNet read() throws IOException {
        WordNet wordNet = new WordNet(
                new Words(), new Words(), new Words(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        wordNet.readSynonymSets("data.noun", wordNet.nouns.all);
        wordNet.readSynonymSets("data.verb", wordNet.verbs.all);
        wordNet.readSynonymSets("data.adj", wordNet.adjectives.all);
        wordNet.readSynonymSets("data.adv", new ArrayList<>());
        wordNet.readCounts();
        return wordNet;
    }

    private void readSynonymSets(String file, List<String> words) throws IOException {
        for (String line : lines(file)) {
            int bar = line.indexOf(" | ");
            if (line.startsWith("  ") || bar < 0) {
                continue;
            }
            String[] fields = line.substring(0, bar).split(" ", -1);
            int count = Integer.parseInt(fields[3], 16);
            List<String> synonyms = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                synonyms.add(spoken(SYNTAX_MARK.matcher(fields[4 + 2 * i]).replaceAll("")));
            }
            words.addAll(synonyms);
            String gloss = line.substring(bar + 3);
            Matcher example = EXAMPLE.matcher(gloss);
            while (example.find()) {
                if (example.group(1).split(" ", -1).length >= SHORTEST_EXAMPLE_WORDS) {
                    examples.add(example.group(1));
                }
            }
            String definition = TRAILING.matcher(example.replaceAll("")).replaceAll("");
            definitions.add(definition);
            entries.add(String.join(", ", synonyms) + ": " + definition);
        }
    }

    private void readCounts() throws IOException {
        for (String line : lines("cntlist")) {
            String senseKey = line.substring(line.indexOf(' ') + 1);
            int percent = senseKey.indexOf('%');
            Words words = switch (senseKey.charAt(percent + 1)) {
                case '1' -> nouns;
                case '2' -> verbs;
                case '3', '5' -> adjectives;
                default -> null;
            };
            if (words != null) {
                words.common.add(spoken(senseKey.substring(0, percent)));
            }
        }
    }

    private static String spoken(String lemma) {
        return lemma.replace('_', ' ');
    }

    private static List<String> lines(String file) throws IOException {
        InputStream stream = WordNet.class.getResourceAsStream(FOLDER + file);
        if (stream == null) {
            throw new IOException("The WordNet artifact has no file " + file + ".");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.ISO_8859_1))) {
            return reader.lines().toList();
        }
    }
}
