package io.stillwatch.replay;

import io.stillwatch.replay.report.HourlyRequests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Who an alert is about, as the pipeline's topics still tell.
 *
 * <p>What the provider knows (sign-up, organisation, models, keys, infrastructure tokens) stands apart from what the
 * caller merely claims, of which there is only {@code endUsers} here.
 *
 * @param kept requests whose fingerprints are still there; the figures below are of these
 * @param created sign-up of the newest of the accounts, milliseconds since 1970; empty where none is known
 * @param firstCreated sign-up of the oldest of them
 * @param organizations that the requests name, in order
 * @param models by requests
 * @param keys distinct API keys; count
 * @param endUsers distinct end users that the caller names; count
 * @param links distinct infrastructure tokens by kind, each by requests
 * @param hours when the requests came
 * @param linkKeys link keys of the account itself, by kind; empty for several accounts
 * @param shared who has one of these link keys too, by kind of key; empty for several accounts
 */
public record Dossier(
        long kept,
        Optional<Long> created,
        Optional<Long> firstCreated,
        SortedSet<String> organizations,
        Map<String, Long> models,
        long keys,
        long endUsers,
        SortedMap<String, Map<String, Long>> links,
        HourlyRequests hours,
        SortedMap<String, List<Long>> linkKeys,
        SortedMap<String, SortedSet<String>> shared) {}
