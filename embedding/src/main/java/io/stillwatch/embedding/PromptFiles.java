package io.stillwatch.embedding;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Samples of prompts from files of JSON lines, {@code *.jsonl.gz}, whose objects have a field {@code prompt}. */
final class PromptFiles {
    private static final String SUFFIX = ".jsonl.gz";

    private PromptFiles() {}

    /** A file's sample; the file name without its suffix is the name of the set. */
    record PromptSet(String name, List<String> prompts) {}

    /** Draws up to {@code most} different prompts from each file of a folder, the same ones for the same seed. */
    static List<PromptSet> sample(Path folder, int most, long seed) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
        List<PromptSet> sets = new ArrayList<>();
        for (Path file : files) {
            List<String> prompts = new ArrayList<>(new TreeSet<>(prompts(file)));
            Collections.shuffle(prompts, new Random(seed));
            String name = file.getFileName().toString();
            sets.add(new PromptSet(
                    name.substring(0, name.length() - SUFFIX.length()),
                    prompts.subList(0, Math.min(most, prompts.size()))));
        }
        return sets;
    }

    private static List<String> prompts(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> prompts = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String prompt = json.readTree(line).path("prompt").asText();
                if (!prompt.isBlank()) {
                    prompts.add(prompt);
                }
            }
        }
        return prompts;
    }
}
