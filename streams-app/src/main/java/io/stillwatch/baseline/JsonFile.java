package io.stillwatch.baseline;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.fingerprint.Fingerprinter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Versioned JSON files. Each names its format, and the fingerprints whose embeddings it holds means of: means of other
 * embeddings would compare like nothing.
 */
final class JsonFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String FORMAT = "format";
    private static final String FINGERPRINTS = "fingerprints";

    private JsonFile() {}

    static ObjectNode begin(String format) {
        ObjectNode root = JSON.createObjectNode();
        root.put(FORMAT, format);
        root.put(FINGERPRINTS, Fingerprinter.VERSION);
        return root;
    }

    /** Checks what {@link #begin} wrote. */
    static JsonNode parse(String file, String text, String format) {
        JsonFields fields = new JsonFields(file);
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException e) {
            throw fields.wrong("this is no JSON (line "
                    + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
                    + "); name a file that stillwatch wrote");
        }
        if (!root.isObject() || !root.path(FORMAT).isTextual()) {
            throw fields.wrong("this is no " + format.replaceFirst("/.*", "") + "; name a file that stillwatch wrote");
        }
        if (!root.get(FORMAT).textValue().equals(format)) {
            throw fields.wrong("the format is " + root.get(FORMAT).textValue() + " and this release reads " + format);
        }
        long fingerprints = fields.whole(root, FINGERPRINTS);
        if (fingerprints != Fingerprinter.VERSION) {
            throw fields.wrong("it was made of fingerprints of version " + fingerprints + " and this release makes "
                    + Fingerprinter.VERSION + "; make it anew from the logs");
        }
        return root;
    }

    static String text(ObjectNode root) {
        try {
            // One line for each list of numbers, as the files lie under version control.
            return JSON.writer(new ShortArrays()).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BaselineException("There is no file " + file + "; check the name");
        } catch (IOException e) {
            throw new BaselineException("The file " + file + " cannot be read as UTF-8 text");
        }
    }

    /** Replaces the file as a whole, so that a crash leaves the old one or the new one. */
    static void write(Path file, String text) {
        Path target = file.toAbsolutePath();
        try {
            Path part = target.resolveSibling(target.getFileName() + ".part");
            try {
                Files.writeString(part, text);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new BaselineException(
                    "The file " + file + " cannot be written; check that its directory exists and has room");
        }
    }

    static String resource(String name) {
        try (InputStream in = JsonFile.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled " + name + " cannot be read", e);
        }
    }
}
