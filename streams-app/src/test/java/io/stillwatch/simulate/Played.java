package io.stillwatch.simulate;

import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan's traffic, account by account. */
record Played(List<TruthRow> truth, Map<String, List<LabelledRequest>> byAccount) {
    static Played of(String yaml) {
        Simulator simulator = new Simulator(PlanReader.read(yaml));
        Map<String, List<LabelledRequest>> byAccount = new LinkedHashMap<>();
        simulator
                .labelled()
                .forEachRemaining(request -> byAccount
                        .computeIfAbsent(request.event().getAccountId(), id -> new ArrayList<>())
                        .add(request));
        return new Played(simulator.truth(), byAccount);
    }

    /** Every account's requests in order of time. */
    List<List<RequestEvent>> accounts() {
        return byAccount.values().stream()
                .map(own -> own.stream().map(LabelledRequest::event).toList())
                .toList();
    }

    List<RequestEvent> events() {
        return accounts().stream().flatMap(List::stream).toList();
    }

    /** What an account harvests and is answered. */
    static Set<String> harvested(List<LabelledRequest> own) {
        return own.stream()
                .filter(LabelledRequest::hostile)
                .filter(request -> request.event().getStatus() == 200)
                .map(request -> request.event().getPrompt())
                .collect(Collectors.toSet());
    }

    /** Different tokens of a type. */
    long tokens(String type) {
        return accounts().stream()
                .map(own -> own.get(0).getLinks().get(type))
                .distinct()
                .count();
    }
}
