package io.stillwatch.topology;

import io.stillwatch.campaign.Group;
import io.stillwatch.profile.feature.WindowedProfiles;
import io.stillwatch.schema.Finding;
import java.util.List;

/**
 * Told of every look at an account or a group, also of those that find nothing: for measuring how near they come to an alert.
 * It cannot change what is decided.
 */
@FunctionalInterface
public interface EvaluationListener {
    /** Nobody listens. */
    EvaluationListener NONE = (account, timeMs, findings, windows) -> {};

    /**
     * An account was looked at.
     *
     * @param account its id
     * @param timeMs event time of the look, milliseconds since 1970 UTC
     * @param findings what it found, strongest first; empty for nothing
     * @param windows what was looked at; readable during this call only, and not to be changed
     */
    void evaluated(String account, long timeMs, List<Finding> findings, WindowedProfiles windows);

    /**
     * A group of accounts was looked at.
     *
     * @param name of the campaign, or the one that it would have
     * @param group its members
     * @param timeMs event time of the look, milliseconds since 1970 UTC
     * @param findings what it found, strongest first; empty where it is no campaign
     * @param windows what was looked at; readable during this call only, and not to be changed
     */
    default void evaluated(String name, Group group, long timeMs, List<Finding> findings, WindowedProfiles windows) {}
}
