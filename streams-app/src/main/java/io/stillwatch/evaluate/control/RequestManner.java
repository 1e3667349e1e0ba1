package io.stillwatch.evaluate.control;

import io.stillwatch.schema.RequestEvent;
import java.util.List;

/**
 * How a request was made and answered, without who made it, when, or what it said.
 *
 * @param parameters as asked for
 * @param outputTokens of the answer; absent when the log has none
 * @param reasoningTokens among them; absent when the log has none
 * @param finishReason why the answer ended
 * @param durationMs from the request to the last byte
 */
record RequestManner(
        Parameters parameters, Long outputTokens, Long reasoningTokens, String finishReason, Long durationMs) {
    /** What a caller sets. */
    record Parameters(
            Double temperature,
            Double topP,
            Integer maxTokens,
            Integer n,
            Integer topLogprobs,
            Boolean logprobs,
            Boolean stream,
            List<String> stop,
            Integer tools,
            String toolsHash) {}

    static Parameters parameters(RequestEvent event) {
        return new Parameters(
                event.getTemperature(),
                event.getTopP(),
                event.getMaxTokens(),
                event.getN(),
                event.getTopLogprobs(),
                event.getLogprobs(),
                event.getStream(),
                event.getStop(),
                event.getTools(),
                event.getToolsHash());
    }

    static RequestManner of(RequestEvent event, Parameters parameters) {
        return new RequestManner(
                parameters,
                event.getOutputTokens(),
                event.getReasoningTokens(),
                event.getFinishReason(),
                event.getDurationMs());
    }

    /** Makes a request in this manner. */
    void onto(RequestEvent event) {
        event.setTemperature(parameters.temperature());
        event.setTopP(parameters.topP());
        event.setMaxTokens(parameters.maxTokens());
        event.setN(parameters.n());
        event.setTopLogprobs(parameters.topLogprobs());
        event.setLogprobs(parameters.logprobs());
        event.setStream(parameters.stream());
        event.setStop(parameters.stop());
        event.setTools(parameters.tools());
        event.setToolsHash(parameters.toolsHash());
        event.setOutputTokens(outputTokens);
        event.setReasoningTokens(reasoningTokens);
        event.setFinishReason(finishReason);
        event.setDurationMs(durationMs);
    }
}
