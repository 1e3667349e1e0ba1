package io.stillwatch.signature;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A timeline as a signature's file has it: how an account behaves over time, and whether it must end in an alert. It is
 * data until somebody plays it, so that a pipeline that reads signatures needs nothing that makes traffic.
 *
 * @param data what the file says
 * @param line the line it begins on, for messages
 * @param stageLines the lines its stages begin on
 */
public record RawTimeline(JsonNode data, int line, List<Integer> stageLines) {}
