package io.stillwatch.topology.topics;

/**
 * One way in which a topic is not as the catalogue has it.
 *
 * @param severity whether the pipeline can run with it
 * @param sentence the difference, what follows from it and what to do, for people
 */
public record TopicDifference(Severity severity, String sentence) {

    /** What a difference means for the pipeline. */
    public enum Severity {
        /** Records would be refused, lost or misread. */
        PROBLEM,

        /** A choice an operator may make on purpose. */
        ADVICE
    }

    static TopicDifference problem(String sentence) {
        return new TopicDifference(Severity.PROBLEM, sentence);
    }

    static TopicDifference advice(String sentence) {
        return new TopicDifference(Severity.ADVICE, sentence);
    }
}
