package io.stillwatch.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A dictionary as a file: vectors with their names and sources, no text. */
public final class DictionaryFile {
    private static final String FORMAT = "stillwatch-dictionary/1";

    private DictionaryFile() {}

    /**
     * Reads one.
     *
     * @throws BaselineException when it cannot be read, with what to do
     */
    public static Dictionary read(Path file) {
        return parse(file.toString(), JsonFile.read(file));
    }

    /** The one that ships: kits of the simulator. */
    public static Dictionary bundled() {
        return parse("dictionary.json", JsonFile.resource("dictionary.json"));
    }

    static Dictionary parse(String file, String text) {
        JsonFields fields = new JsonFields(file);
        List<Atom> atoms = new ArrayList<>();
        for (JsonNode atom : fields.required(JsonFile.parse(file, text, FORMAT), "atoms")) {
            atoms.add(fields.atom(atom));
        }
        return Dictionary.of(atoms);
    }

    /** Writes one, in place of what the file held. */
    public static void write(Path file, Dictionary dictionary) {
        JsonFile.write(file, text(dictionary));
    }

    static String text(Dictionary dictionary) {
        ObjectNode root = JsonFile.begin(FORMAT);
        ArrayNode atoms = root.putArray("atoms");
        dictionary.atoms().forEach(atom -> JsonFields.write(atoms.addObject(), atom));
        return JsonFile.text(root);
    }
}
