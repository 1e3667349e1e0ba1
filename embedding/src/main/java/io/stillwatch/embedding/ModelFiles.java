package io.stillwatch.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files that Maven artifacts bring: above all the sentence-embedding model and its tokeniser. */
final class ModelFiles {
    static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private ModelFiles() {}

    static byte[] read(String name) throws IOException {
        try (InputStream file = ModelFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException("No artifact on the class path has the file " + name + ".");
            }
            return file.readAllBytes();
        }
    }

    /** The word pieces by number, from the tokeniser's own description. */
    static List<String> vocabulary() throws IOException {
        JsonNode pieces =
                new ObjectMapper().readTree(read(TOKENIZER)).path("model").path("vocab");
        List<String> vocabulary = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            vocabulary.add(null);
        }
        for (Map.Entry<String, JsonNode> piece : pieces.properties()) {
            vocabulary.set(piece.getValue().intValue(), piece.getKey());
        }
        return vocabulary;
    }
}
