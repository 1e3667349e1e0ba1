package io.stillwatch.simulate.actor;

import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;

/**
 * An account in its role.
 *
 * @param contents family of its prompts, for the truth's column {@code set}
 * @param timing when its sessions begin
 * @param shape how long they are
 * @param failures share of requests that the provider refuses or loses, 0 to 1; the client sends them again
 * @param script what it asks
 */
public record Actor(String contents, Timing timing, SessionShape shape, double failures, Script script) {
    /** As usual: three requests in a thousand fail. */
    public Actor(String contents, Timing timing, SessionShape shape, Script script) {
        this(contents, timing, shape, 0.003, script);
    }

    public Actor withTiming(Timing newTiming) {
        return new Actor(contents, newTiming, shape, failures, script);
    }

    public Actor withShape(SessionShape newShape) {
        return new Actor(contents, timing, newShape, failures, script);
    }

    public Actor withFailures(double newFailures) {
        return new Actor(contents, timing, shape, newFailures, script);
    }

    public Actor withScript(Script newScript) {
        return new Actor(contents, timing, shape, failures, newScript);
    }
}
