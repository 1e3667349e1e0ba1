package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests of the spans and log records of a trace, in whatever order and batches they came.
 *
 * <p>One call may be told several times: by a span of the library that an application calls and, below it, one of the
 * client that this calls; by a span and its log records; by a span of a library's own function around the span of the call.
 * It becomes one event: that of the span which has the prompt, or else of the outermost, completed by the others. What only
 * contains calls (agents, workflows, tools) is skipped, and lends its calls what it knows of the user and the conversation.
 */
final class TraceAssembler {
    /** Highest that is looked for something above a span; spans. */
    private static final int HIGHEST = 100;

    /** Which attribute names the account, in default order; on the resource first, which is the operator's word. */
    static final String[] ACCOUNTS = {
        "stillwatch.account_id",
        "account.id",
        "account_id",
        "customer.id",
        "customer_id",
        "tenant.id",
        "metadata.user_api_key_user_id",
        "enduser.id",
        "user.id",
        "langfuse.user.id",
        "langfuse.trace.user_id",
        "traceloop.association.properties.user_id",
        "traceloop.association.properties.userId",
        "ai.telemetry.metadata.userId",
        "ai.telemetry.metadata.user_id",
        "ai.settings.context.userId",
        "metadata.user_api_key_team_id",
        "metadata.user_api_key_hash",
        "api_key.id"
    };

    private static final Set<String> MESSAGE_EVENTS = Set.of(
            "gen_ai.system.message",
            "gen_ai.user.message",
            "gen_ai.assistant.message",
            "gen_ai.tool.message",
            "gen_ai.content.prompt",
            "gen_ai.prompt",
            "gen_ai.client.inference.operation.details");

    private final AccountChoice choice;
    private final Map<String, SpanPiece> spans = new LinkedHashMap<>();
    private final Map<String, List<LogPiece>> logs = new LinkedHashMap<>();
    private final Map<String, Told> calls = new LinkedHashMap<>();
    private final Map<String, List<Told>> below = new HashMap<>();
    private final List<Ingested> results = new ArrayList<>();

    /** A call as it is known so far: the span that stands for it, all that tell of it, and what they tell together. */
    private static final class Told {
        private final SpanPiece span;
        private final RequestEvent event;
        private final List<SpanPiece> tellers = new ArrayList<>();

        private Told(SpanPiece span, RequestEvent event) {
            this.span = span;
            this.event = event;
            tellers.add(span);
        }

        private boolean hasPrompt() {
            return event.getPrompt() != null;
        }

        private boolean embeds() {
            return "embeddings".equals(event.getOperation());
        }

        private Told with(Told other) {
            EventMerge.fill(event, other.event);
            tellers.addAll(other.tellers);
            return this;
        }
    }

    private TraceAssembler(AccountChoice choice) {
        this.choice = choice;
    }

    /** Whether a log record tells of a call of a model. */
    static boolean tellsOfCall(LogPiece log) {
        return MESSAGE_EVENTS.contains(log.eventName()) || log.eventName().equals("gen_ai.choice");
    }

    static List<Ingested> assemble(List<? extends Piece> pieces, AccountChoice choice) {
        return new TraceAssembler(choice).assemble(pieces);
    }

    private List<Ingested> assemble(List<? extends Piece> pieces) {
        pieces.forEach(this::take);
        addLoneLogs();
        for (Map.Entry<String, SpanPiece> entry : spans.entrySet()) {
            SpanPiece span = entry.getValue();
            Optional<String> whyNot = ModelCalls.whyNot(span);
            if (whyNot.isPresent()) {
                results.add(new Ingested.Skipped(span.at(), whyNot.get()));
            } else {
                calls.put(
                        entry.getKey(),
                        new Told(span, SpanCall.read(span, logs.getOrDefault(entry.getKey(), List.of()))));
            }
        }
        List<Told> outermost = new ArrayList<>();
        for (Told call : calls.values()) {
            Optional<Told> above = callAbove(call.span);
            if (above.isPresent() && above.get().embeds() == call.embeds()) {
                below.computeIfAbsent(key(above.get().span), key -> new ArrayList<>())
                        .add(call);
            } else {
                outermost.add(call);
            }
        }
        List<Told> told = new ArrayList<>();
        outermost.forEach(call -> told.addAll(once(call, 0)));
        deliver(withoutTwins(told));
        return results;
    }

    private void take(Piece piece) {
        if (piece instanceof SpanPiece span) {
            SpanPiece before = spans.putIfAbsent(key(span), span);
            if (before != null) {
                boolean more = before.problem().isPresent()
                        || span.attributes().size() > before.attributes().size();
                if (more) {
                    spans.put(key(span), span);
                }
                results.add(new Ingested.Skipped((more ? before : span).at(), "the span was exported twice"));
            }
        } else if (piece instanceof LogPiece log) {
            if (tellsOfCall(log)) {
                logs.computeIfAbsent(key(log), key -> new ArrayList<>()).add(log);
            } else {
                results.add(new Ingested.Skipped(log.at(), "a log record that tells of no model call"));
            }
        }
    }

    private static String key(SpanPiece span) {
        return span.spanId().isEmpty() ? span.at().toString() : span.traceId() + "-" + span.spanId();
    }

    private static String key(LogPiece log) {
        return log.spanId().isEmpty() ? log.at().toString() : log.traceId() + "-" + log.spanId();
    }

    /** Spans may be sampled away where log records are not: what these tell of a call is a call as well. */
    private void addLoneLogs() {
        logs.forEach((key, records) -> {
            if (spans.containsKey(key)) {
                return;
            }
            LogPiece first = records.stream()
                    .min(Comparator.comparingLong(LogPiece::timeNs))
                    .orElseThrow();
            if (records.stream().noneMatch(log -> MESSAGE_EVENTS.contains(log.eventName()))) {
                results.add(new Ingested.Skipped(first.at(), "log records of an answer only tell of no request"));
                return;
            }
            Map<String, JsonNode> attributes = new LinkedHashMap<>();
            records.forEach(log -> log.attributes().forEach(attributes::putIfAbsent));
            attributes.putIfAbsent("gen_ai.operation.name", Tree.textNode("chat"));
            SpanTimes times = SpanTimes.ofNanoseconds(first.timeNs(), 0);
            spans.put(
                    key,
                    new SpanPiece(
                            first.at(),
                            first.traceId(),
                            first.spanId(),
                            "",
                            first.scope(),
                            "",
                            0,
                            times.start(),
                            Optional.empty(),
                            times.problem(),
                            0,
                            "",
                            attributes,
                            List.of(),
                            first.resource(),
                            first.weight()));
        });
    }

    private Optional<SpanPiece> parent(SpanPiece span) {
        return span.parentId().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(spans.get(span.traceId() + "-" + span.parentId()));
    }

    /** The nearest call that the span is a part of; what a tool does is no part of the call that asked for it. */
    private Optional<Told> callAbove(SpanPiece span) {
        Optional<SpanPiece> above = parent(span);
        for (int height = 0; above.isPresent() && height < HIGHEST; height++) {
            Told call = calls.get(key(above.get()));
            if (call != null || ModelCalls.isTool(above.get())) {
                return Optional.ofNullable(call);
            }
            above = parent(above.get());
        }
        return Optional.empty();
    }

    /** What a call and all calls below it come to, each told once. */
    private List<Told> once(Told call, int depth) {
        List<Told> inner = new ArrayList<>();
        List<Told> direct = below.getOrDefault(key(call.span), List.of());
        if (depth < HIGHEST) {
            direct.forEach(each -> inner.addAll(once(each, depth + 1)));
        }
        if (inner.isEmpty()) {
            return List.of(call);
        }
        if (inner.size() > 1) {
            inner.forEach(each -> lend(call.event, each.event));
            results.add(new Ingested.Skipped(
                    call.span.at(), "the span contains several model calls with spans of their own"));
            return inner;
        }
        Told only = inner.get(0);
        boolean ownFunction = only.span.scope().equals(call.span.scope());
        boolean innerStands = ownFunction || (only.hasPrompt() && !call.hasPrompt());
        Told stands = innerStands ? only : call;
        Told other = innerStands ? call : only;
        results.add(new Ingested.Skipped(other.span.at(), "a second span of the same model call"));
        return List.of(stands.with(other));
    }

    private static void lend(RequestEvent from, RequestEvent to) {
        if (to.getPrompt() == null && to.getSystem() == null) {
            to.setPrompt(from.getPrompt());
            to.setSystem(from.getSystem());
            to.setMessages(from.getMessages());
            to.setTurn(from.getTurn());
        }
        to.setEndUserId(to.getEndUserId() == null ? from.getEndUserId() : to.getEndUserId());
        to.setConversationId(to.getConversationId() == null ? from.getConversationId() : to.getConversationId());
    }

    private List<Told> withoutTwins(List<Told> told) {
        List<Told> single = new ArrayList<>();
        Map<String, List<Told>> byUse = new HashMap<>();
        for (Told call : told) {
            String use = String.valueOf(call.event.getOutputTokens());
            List<Told> alike = byUse.computeIfAbsent(use, key -> new ArrayList<>());
            Optional<Told> twin = alike.stream()
                    .filter(other -> TwinCalls.are(call.span, call.event, other.span, other.event))
                    .findFirst();
            if (twin.isEmpty()) {
                alike.add(call);
                single.add(call);
                continue;
            }
            Told other = twin.get();
            boolean otherStands = other.hasPrompt() || (!call.hasPrompt() && longer(other.span, call.span));
            Told stands = otherStands ? other : call;
            results.add(new Ingested.Skipped(
                    (otherStands ? call : other).span.at(), "a second span of the same model call"));
            alike.remove(other);
            single.remove(other);
            Told merged = stands.with(otherStands ? call : other);
            alike.add(merged);
            single.add(merged);
        }
        return single;
    }

    private static boolean longer(SpanPiece one, SpanPiece other) {
        return length(one) >= length(other);
    }

    private static long length(SpanPiece span) {
        return span.end().orElse(0L) - span.start().orElse(0L);
    }

    private void deliver(List<Told> told) {
        Map<Told, JsonNode> statuses = statuses(told);
        told.stream()
                .sorted(Comparator.comparingLong(
                                (Told call) -> call.span.start().orElse(0L))
                        .thenComparing(call -> key(call.span)))
                .forEach(call -> results.add(finished(call, Optional.ofNullable(statuses.get(call)))));
    }

    /** The newest status that an HTTP client's span below a call tells. */
    private Map<Told, JsonNode> statuses(List<Told> told) {
        Map<String, Told> bySpan = new HashMap<>();
        told.forEach(call -> call.tellers.forEach(span -> bySpan.put(key(span), call)));
        Map<Told, JsonNode> statuses = new HashMap<>();
        Map<Told, Long> times = new HashMap<>();
        for (SpanPiece span : spans.values()) {
            JsonNode status = span.attributes().get("http.response.status_code");
            status = status == null ? span.attributes().get("http.status_code") : status;
            if (status == null || calls.containsKey(key(span))) {
                continue;
            }
            Told above = callAbove(span).map(call -> bySpan.get(key(call.span))).orElse(null);
            long time = span.start().orElse(0L);
            if (above != null && time >= times.getOrDefault(above, Long.MIN_VALUE)) {
                statuses.put(above, status);
                times.put(above, time);
            }
        }
        return statuses;
    }

    private Ingested finished(Told call, Optional<JsonNode> status) {
        EventDraft more = new EventDraft();
        status.ifPresent(more::status);
        List<SpanPiece> line = new ArrayList<>(call.tellers);
        Optional<SpanPiece> above = parent(call.span);
        for (int height = 0; above.isPresent() && height < HIGHEST; height++) {
            SpanPiece span = above.get();
            line.add(span);
            if (span.kind() == 2) {
                SpanCall.addLinks(span, more);
            }
            above = parent(span);
        }
        for (SpanPiece span : line) {
            if (more.event.getEndUserId() == null) {
                more.event.setEndUserId(SpanCall.endUser(span));
            }
            if (more.event.getConversationId() == null) {
                more.event.setConversationId(SpanCall.conversation(span));
            }
        }
        EventMerge.fill(call.event, more.unchecked());
        try {
            if (call.span.problem().isPresent()) {
                throw new RecordRejected(call.span.problem().get().cause());
            }
            call.event.setAccountId(account(line));
            return new Ingested.Accepted(RequestEventValidator.admit(call.event), call.span.at());
        } catch (RecordRejected e) {
            return new Ingested.Rejected(call.span.at(), e.getMessage(), call.span.original());
        }
    }

    /** The account by the operator's word on the resource, else by what the span or one above it says. */
    private String account(List<SpanPiece> line) throws RecordRejected {
        AccountChoice names = choice.isGiven() ? choice : new AccountChoice(List.of(ACCOUNTS));
        Map<String, JsonNode> resource = line.get(0).resource();
        if (!choice.isGiven()) {
            Optional<String> operator = names.first(name -> text(resource, name));
            if (operator.isPresent()) {
                return operator.get();
            }
        }
        for (String name : names.names()) {
            String inResource = Identity.of(text(resource, name));
            if (inResource != null) {
                return inResource;
            }
            for (SpanPiece span : line) {
                String found = Identity.of(text(span.attributes(), name));
                if (found != null) {
                    return found;
                }
            }
        }
        throw new RecordRejected(
                choice.isGiven()
                        ? "no account: neither the span nor its resource has " + String.join(" or ", choice.names())
                        : "no account: neither the span nor its resource has account.id or another of the names known;"
                                + " name the attribute that does with --account, such as --account user.id,service.name");
    }

    private static @Nullable String text(Map<String, JsonNode> attributes, String name) {
        JsonNode value = attributes.get(name);
        return value == null ? null : Tree.text(value);
    }
}
