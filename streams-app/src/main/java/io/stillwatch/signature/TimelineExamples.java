package io.stillwatch.signature;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.stillwatch.simulate.PlanException;
import io.stillwatch.simulate.Timeline;
import io.stillwatch.simulate.TimelineReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a signature's timelines; a message points at the line of the timeline or stage it is about. */
record TimelineExamples(String source, String yaml) {
    private static final String PLACE = "/examples/timelines";

    List<Timeline> read(JsonNode timelines) {
        if (timelines == null || timelines.isNull()) {
            return List.of();
        }
        if (!timelines.isArray()) {
            throw at(PLACE, "timelines must be a list.");
        }
        List<Timeline> read = new ArrayList<>();
        for (int number = 0; number < timelines.size(); number++) {
            String place = PLACE + "/" + number;
            try {
                read.add(TimelineReader.read(timelines.get(number)));
            } catch (TimelineReader.StageException e) {
                throw at(place + "/stages/" + e.stage(), e.getMessage());
            } catch (PlanException e) {
                throw at(place, e.getMessage());
            }
        }
        return List.copyOf(read);
    }

    private SignatureException at(String place, String sentence) {
        return new SignatureException(source + ":" + line(place) + ": " + sentence.replaceFirst("\\.$", ""));
    }

    /** The line on which the value at a place begins, from 1. */
    private int line(String place) {
        try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                // The pointer of a structure's first token is that of the structure itself.
                if (token != JsonToken.FIELD_NAME
                        && parser.getParsingContext().pathAsPointer().toString().equals(place)) {
                    return parser.currentTokenLocation().getLineNr();
                }
            }
        } catch (IOException e) {
            throw new SignatureException(source + ":1: not readable as YAML");
        }
        return 1;
    }
}
