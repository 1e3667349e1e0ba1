package io.stillwatch.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.actor.Label;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    private static final SimulationPlan SMALL = SimulationPlan.preset("small");

    private static String fingerprint(Simulator simulator) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Iterator<RequestEvent> events = simulator.events(); events.hasNext(); ) {
            ByteBuffer bytes = RequestEvent.getEncoder().encode(events.next());
            digest.update(bytes);
        }
        StringBuilder truth = new StringBuilder();
        TruthCsv.write(simulator.truth(), truth);
        digest.update(truth.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<LabelledRequest> play(SimulationPlan plan) {
        List<LabelledRequest> all = new ArrayList<>();
        new Simulator(plan).labelled().forEachRemaining(all::add);
        return all;
    }

    @Test
    void theSamePlanAndSeedGiveTheSameBytes() throws Exception {
        Simulator simulator = new Simulator(SMALL);
        String first = fingerprint(simulator);

        assertThat(fingerprint(simulator)).isEqualTo(first);
        assertThat(fingerprint(new Simulator(SMALL))).isEqualTo(first);
        assertThat(fingerprint(new Simulator(SMALL.withSeed(8)))).isNotEqualTo(first);
    }

    @Test
    void whatIsMovedInTimeIsTheSameButForTheTime() {
        Simulator before = new Simulator(SMALL);
        Instant end = Instant.parse("2027-02-03T04:05:06.789Z");
        Simulator moved = before.until(end);
        long byMs = end.toEpochMilli() - before.last().toEpochMilli();

        List<RequestEvent> events = before.stream().toList();
        List<RequestEvent> later = moved.stream().toList();
        assertThat(moved.last()).isEqualTo(end);
        assertThat(later.get(later.size() - 1).getEventTime()).isEqualTo(end.toEpochMilli());
        later.forEach(event -> {
            event.setEventTime(event.getEventTime() - byMs);
            event.setAccountCreated(event.getAccountCreated() == null ? null : event.getAccountCreated() - byMs);
        });
        assertThat(later).isEqualTo(events);
        assertThat(moved.truth().stream().map(row -> row.firstMs() - byMs))
                .containsExactlyElementsOf(
                        before.truth().stream().map(TruthRow::firstMs).toList());
    }

    @Test
    void eventsComeInOrderOfTimeThenIdAndNoIdTwice() {
        List<LabelledRequest> all = play(SMALL);

        assertThat(all)
                .extracting(LabelledRequest::event)
                .isSortedAccordingTo(
                        Comparator.comparingLong(RequestEvent::getEventTime).thenComparing(RequestEvent::getEventId));
        assertThat(all).extracting(request -> request.event().getEventId()).doesNotHaveDuplicates();
    }

    @Test
    void theTruthAgreesWithTheEvents() {
        Simulator simulator = new Simulator(OneOfEach.PLAN);
        Map<String, List<LabelledRequest>> byAccount = new HashMap<>();
        simulator
                .labelled()
                .forEachRemaining(request -> byAccount
                        .computeIfAbsent(request.event().getAccountId(), id -> new ArrayList<>())
                        .add(request));

        assertThat(simulator.truth()).hasSize(OneOfEach.PLAN.accounts());
        assertThat(byAccount).hasSameSizeAs(simulator.truth());
        long events = 0;
        for (TruthRow row : simulator.truth()) {
            List<LabelledRequest> own = byAccount.get(row.accountId());
            long hostile = own.stream().filter(LabelledRequest::hostile).count();
            events += own.size();
            assertThat(own).hasSize(row.requests());
            assertThat(own.get(0).event().getEventTime()).isEqualTo(row.firstMs());
            assertThat(hostile).isEqualTo(row.hostileRequests());
            assertThat(row.fraction()).isEqualTo(Math.round(1000.0 * hostile / own.size()) / 1000.0);
            assertThat(hostile > 0).isEqualTo(row.label() == Label.HOSTILE);
        }
        assertThat(events).isEqualTo(simulator.size());
    }

    @Test
    void theDemoIsBigEnoughToShowSomethingAndSmallEnoughToWaitFor() {
        assertThat(new Simulator(SimulationPlan.preset("demo")).size()).isBetween(60_000L, 120_000L);
    }

    @Test
    void everyEventIsPlausible() {
        long start = OneOfEach.PLAN.start().toEpochMilli();
        Map<String, Long> faults = play(OneOfEach.PLAN).stream()
                .map(LabelledRequest::event)
                .flatMap(event -> faults(event, start))
                .collect(Collectors.groupingBy(fault -> fault, Collectors.counting()));

        assertThat(faults).isEmpty();
    }

    private static Stream<String> faults(RequestEvent event, long start) {
        boolean failed = event.getStatus() != 200;
        boolean answered = !failed && !event.getOperation().equals("embeddings");
        long answers = event.getN() == null ? 1 : event.getN();
        Integer limit = event.getMaxTokens();
        Stream.Builder<String> faults = Stream.builder();
        BiConsumer<Boolean, String> check = (holds, otherwise) -> {
            if (!holds) {
                faults.add(otherwise);
            }
        };
        check.accept(event.getEventTime() >= start, "before the start");
        check.accept(event.getAccountCreated() <= event.getEventTime(), "before the sign-up");
        check.accept(!event.getPrompt().isBlank(), "blank prompt");
        check.accept(event.getInputTokens() >= 0, "negative input");
        check.accept(
                event.getLinks().keySet().equals(Set.of("client", "country", "network", "payment", "signup", "tls")),
                "links missing");
        check.accept((event.getFinishReason() != null) == answered, "finish reason without an answer or none with one");
        check.accept((event.getOutputTokens() > 0) == answered, "output without an answer or none with one");
        check.accept(limit == null || event.getOutputTokens() <= answers * limit, "more output than allowed");
        check.accept(
                !"length".equals(event.getFinishReason()) || event.getOutputTokens() >= limit, "cut before the limit");
        check.accept(
                event.getCachedInputTokens() == null || event.getCachedInputTokens() <= event.getInputTokens(),
                "more cached than sent");
        check.accept(
                event.getReasoningTokens() == null || event.getReasoningTokens() < event.getOutputTokens(),
                "more reasoning than output");
        return faults.build();
    }

    @Test
    void someRequestsFailAndAreSentAgain() {
        List<RequestEvent> failed = play(OneOfEach.PLAN).stream()
                .map(LabelledRequest::event)
                .filter(event -> event.getStatus() != 200)
                .toList();

        assertThat(failed).hasSizeGreaterThan(20);
        assertThat(failed).extracting(RequestEvent::getStatus).containsOnly(429, 500);
    }

    @Test
    void aPureHarvestHasAShareOfOneAndAMixedOneLess() {
        Simulator simulator = new Simulator(PlanReader.read(
                "groups: [{behaviour: code-harvest, requests: 50}, {behaviour: mixed, accounts: 40, requests: 400}]"));

        assertThat(simulator.truth().get(0).fraction()).isEqualTo(1);
        assertThat(simulator.truth().stream().skip(1).map(TruthRow::fraction))
                .allMatch(share -> share > 0.05 && share < 0.95)
                .anyMatch(share -> share < 0.3)
                .anyMatch(share -> share > 0.7);
    }

    @Test
    void theShareOfAHiddenHarvestIsWhatThePlanSays() {
        for (String kind : List.of("bulk-instruction-harvest", "best-of-n", "agentic-harvest")) {
            Simulator simulator = new Simulator(
                    PlanReader.read("groups: [{behaviour: " + kind + ", accounts: 5, requests: 2000, share: 0.3}]"));

            assertThat(simulator.truth())
                    .extracting(TruthRow::fraction)
                    .allMatch(share -> Math.abs(share - 0.3) < 0.06);
        }
    }

    @Test
    void aCampaignDoesEachItemOnceAndDealsItEvenly() {
        for (Deal deal : Deal.values()) {
            List<LabelledRequest> all =
                    play(PlanReader.read("groups: [{behaviour: templated-augmentation, accounts: 20,"
                            + " requests: 40, campaign: {name: c, deal: " + deal.word()
                            + "}, together: {payment: 2}}]"));

            Map<String, Set<String>> byAccount = all.stream()
                    .map(LabelledRequest::event)
                    .filter(event -> event.getStatus() == 200)
                    .collect(Collectors.groupingBy(
                            RequestEvent::getAccountId,
                            Collectors.mapping(RequestEvent::getPrompt, Collectors.toSet())));
            Set<String> union = new HashSet<>();
            byAccount.values().forEach(union::addAll);
            long sum = byAccount.values().stream().mapToLong(Set::size).sum();
            assertThat(byAccount).hasSize(20);
            assertThat(union.size()).isGreaterThan((int) (0.99 * sum));
            assertThat(all.stream()
                            .map(r -> r.event().getLinks().get("payment"))
                            .distinct())
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void membersThatTakeTurnsDoNotWorkAtTheSameTime() {
        List<LabelledRequest> all = play(PlanReader.read("groups: [{behaviour: code-harvest, accounts: 5, requests: 50,"
                + " campaign: {name: c, deal: in-turn}, timing: slow}]"));

        List<String> order = new ArrayList<>();
        for (LabelledRequest request : all) {
            String account = request.event().getAccountId();
            if (order.isEmpty() || !order.get(order.size() - 1).equals(account)) {
                order.add(account);
            }
        }
        assertThat(order).hasSize(5);
    }

    @Test
    void roundRobinKeepsMembersInStep() {
        List<LabelledRequest> all = play(PlanReader.read(
                "groups: [{behaviour: code-harvest, accounts: 5, requests: 50," + " campaign: c, timing: slow}]"));

        Set<String> firstFive =
                all.stream().limit(5).map(r -> r.event().getAccountId()).collect(Collectors.toSet());
        assertThat(firstFive).hasSize(5);
    }

    @Test
    void aTeamSharesItsOrganisationAndPaymentAndOthersDoNot() {
        List<LabelledRequest> all =
                play(PlanReader.read("groups: [{persona: business-chat, accounts: 18, requests: 20, team: 6}]"));

        Map<String, Set<String>> payments = all.stream()
                .map(LabelledRequest::event)
                .collect(Collectors.groupingBy(
                        RequestEvent::getOrganizationId,
                        Collectors.mapping(event -> event.getLinks().get("payment"), Collectors.toSet())));
        Map<String, Set<String>> systems = all.stream()
                .map(LabelledRequest::event)
                .collect(Collectors.groupingBy(
                        RequestEvent::getOrganizationId,
                        Collectors.mapping(RequestEvent::getSystem, Collectors.toSet())));
        assertThat(payments).hasSize(3);
        assertThat(payments.values()).allMatch(tokens -> tokens.size() == 1);
        assertThat(systems.values()).allMatch(texts -> texts.size() == 1);
    }

    @Test
    void aGroupActsWithinItsDays() {
        SimulationPlan plan = PlanReader.read(
                "{days: 10, groups: [{behaviour: code-harvest, accounts: 4, requests: 80, from_day: 3, days: 2}]}");
        long start = plan.start().toEpochMilli();

        assertThat(play(plan))
                .allMatch(request -> request.event().getEventTime() >= start + 3 * 86_400_000L)
                .allMatch(request -> request.event().getEventTime() < start + 5 * 86_400_000L + 600_000L);
    }

    @Test
    void thePlaybackEndsWithNoSuchElement() {
        Iterator<RequestEvent> events =
                new Simulator(PlanReader.read("groups: [{persona: chat-user, accounts: 1, requests: 1}]")).events();
        events.next();

        assertThat(events.hasNext()).isFalse();
        Assertions.assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(events::next);
    }

    @Test
    void theTruthFileHasTheColumnsThatTheEvaluationReads() throws IOException {
        StringBuilder csv = new StringBuilder();
        TruthCsv.write(
                List.of(
                        new TruthRow("acct-1", Label.HONEST, "chat-user", "chat-en", "", 0, 17, 3, 0),
                        new TruthRow("acct-2", Label.HOSTILE, "mixed", "a,\"b\"", "north", 0.5, 18, 4, 2)),
                csv);

        assertThat(csv)
                .hasToString("account_id,label,kind,set,campaign_id,fraction,first_ms,requests,hostile_requests\n"
                        + "acct-1,honest,chat-user,chat-en,,0.0,17,3,0\n"
                        + "acct-2,hostile,mixed,\"a,\"\"b\"\"\",north,0.5,18,4,2\n");
    }
}
