package io.stillwatch.ingest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds the pieces of requests until their time is over, and makes requests of them. By event time only: the same pieces in
 * the same order give the same requests, whether they come out of a file or a topic.
 *
 * <p>A group is let go once the pieces of two other groups are {@link #WAIT} newer than its newest piece (one alone could
 * have a wrong clock), or when too much is held. A log record that comes after the call of its span was let go is rejected.
 */
public final class PieceJoin {
    /** How long a piece waits for others, event time. */
    public static final Duration WAIT = Duration.ofSeconds(30);

    /** How many calls that were let go are remembered, count. */
    private static final int REMEMBERED = 100_000;

    /** How many calls of one service that gave as many tokens are looked at for one that two libraries tell, count. */
    private static final int ALIKE = 16;

    private final AccountChoice account;
    private final long waitMs;
    private final long mostBytes;

    private final Map<String, Group> groups = new HashMap<>();
    private final TreeSet<Group> byAge = new TreeSet<>(
            Comparator.comparingLong((Group group) -> group.newestMs).thenComparingLong(g -> g.number));
    private final Map<String, Deque<SpanPiece>> alike = new HashMap<>();
    /** Calls that were let go, with the number under which the journal has them; the oldest first. */
    private final Map<String, Long> gone = new LinkedHashMap<>();

    private final PieceJournal journal;

    private long bytes;
    private long nextNumber;
    private long early;
    private String newestGroup = "";
    private long newestMs = Long.MIN_VALUE;
    private long vouchedMs = Long.MIN_VALUE;

    private record Held(long number, Piece piece) {}

    private static final class Group {
        private final long number;
        private final Set<String> names = new HashSet<>();
        private final List<Held> pieces = new ArrayList<>();
        private long newestMs = Long.MIN_VALUE;
        private long bytes;

        private Group(long number) {
            this.number = number;
        }
    }

    /**
     * A join for event times.
     *
     * @param account which attribute names the account
     * @param wait how long a piece waits for others, event time
     * @param mostBytes how much may be held; bytes, about
     */
    public PieceJoin(AccountChoice account, Duration wait, long mostBytes) {
        this(account, wait, mostBytes, PieceJournal.NONE);
    }

    /** The same with somebody told of everything that must not be forgotten. */
    public PieceJoin(AccountChoice account, Duration wait, long mostBytes, PieceJournal journal) {
        this.account = account;
        this.waitMs = wait.toMillis();
        this.mostBytes = mostBytes;
        this.journal = journal;
    }

    /**
     * Puts a join back to where another one was, by what its journal was told. Once, before the first piece.
     *
     * @param held pieces that were held, by their numbers, in the order of these
     * @param finished calls that were let go, by their numbers, in the order of these
     */
    public void restore(Map<Long, Piece> held, Map<Long, String> finished, PieceJournal.Times times) {
        held.forEach((number, piece) -> {
            nextNumber = Math.max(nextNumber, number + 1);
            hold(number, piece);
        });
        finished.forEach((number, id) -> {
            nextNumber = Math.max(nextNumber, number + 1);
            gone.put(id, number);
        });
        newestGroup = times.newestGroup();
        newestMs = times.newestMs();
        vouchedMs = times.vouchedMs();
    }

    /** Takes a piece in. Returns what is finished by that, in the order of their time. */
    public List<Ingested> take(Piece piece) {
        if (piece instanceof LogPiece log && gone.containsKey(log.traceId() + "-" + log.spanId())) {
            return List.of(new Ingested.Rejected(
                    log.at(),
                    "the log record came more than " + waitMs / 1_000 + " s of event time after the span it belongs to",
                    log.original()));
        }
        long number = nextNumber++;
        journal.held(number, piece);
        Group group = hold(number, piece);
        tell(piece.group(), piece.timeMs());
        if (piece instanceof RowPiece row && row.join().isComplete(rows(group))) {
            List<Ingested> done = new ArrayList<>(letGo(group));
            done.addAll(due());
            return done;
        }
        return due();
    }

    private Group hold(long number, Piece piece) {
        Group group = groups.computeIfAbsent(piece.group(), name -> newGroup(number, name));
        byAge.remove(group);
        group.pieces.add(new Held(number, piece));
        group.bytes += piece.weight();
        group.newestMs = Math.max(group.newestMs, piece.timeMs());
        bytes += piece.weight();
        group = withTwin(piece, group);
        byAge.add(group);
        return group;
    }

    /** Tells the join of an event time that something else has reached, such as a request that needs no other piece. */
    public List<Ingested> advance(String group, long timeMs) {
        tell(group, timeMs);
        return due();
    }

    /** Lets everything go, as at the end of the input. */
    public List<Ingested> finish() {
        List<Ingested> done = new ArrayList<>();
        while (!byAge.isEmpty()) {
            done.addAll(letGo(byAge.first()));
        }
        return done;
    }

    /** How many groups were let go before their time because too much was held, count. */
    public long early() {
        return early;
    }

    /** Whether no piece is held. */
    public boolean isEmpty() {
        return byAge.isEmpty();
    }

    /** How many pieces are held, count. */
    public long held() {
        return groups.values().stream()
                .distinct()
                .mapToLong(group -> group.pieces.size())
                .sum();
    }

    private static Group newGroup(long number, String name) {
        Group group = new Group(number);
        group.names.add(name);
        return group;
    }

    /** Joins the group with that of the same call, told by another library in a trace of its own. */
    private Group withTwin(Piece piece, Group group) {
        if (!(piece instanceof SpanPiece span) || ModelCalls.whyNot(span).isPresent()) {
            return group;
        }
        Optional<String> key = TwinCalls.lookUpKey(span);
        if (key.isEmpty()) {
            return group;
        }
        Deque<SpanPiece> seen = alike.computeIfAbsent(key.get(), name -> new ArrayDeque<>());
        Group joined = group;
        for (SpanPiece other : seen) {
            Group ofOther = groups.get(other.group());
            boolean apart =
                    ofOther != null && ofOther != joined && !other.scope().equals(span.scope());
            if (apart && TwinCalls.are(span, SpanCall.read(span, List.of()), other, SpanCall.read(other, List.of()))) {
                joined = joined(joined, ofOther);
            }
        }
        seen.addLast(span);
        if (seen.size() > ALIKE) {
            seen.removeFirst();
        }
        return joined;
    }

    private Group joined(Group group, Group other) {
        byAge.remove(other);
        group.pieces.addAll(other.pieces);
        group.names.addAll(other.names);
        group.bytes += other.bytes;
        group.newestMs = Math.max(group.newestMs, other.newestMs);
        other.names.forEach(name -> groups.put(name, group));
        return group;
    }

    private void tell(String group, long timeMs) {
        if (group.equals(newestGroup)) {
            newestMs = Math.max(newestMs, timeMs);
        } else if (timeMs >= newestMs) {
            vouchedMs = newestMs;
            newestMs = timeMs;
            newestGroup = group;
        } else {
            vouchedMs = Math.max(vouchedMs, timeMs);
        }
        journal.times(new PieceJournal.Times(newestGroup, newestMs, vouchedMs));
    }

    private List<Ingested> due() {
        List<Ingested> done = List.of();
        while (!byAge.isEmpty()) {
            Group oldest = byAge.first();
            boolean over = vouchedMs != Long.MIN_VALUE && oldest.newestMs + waitMs < vouchedMs;
            if (!over && bytes <= mostBytes) {
                break;
            }
            early += over ? 0 : 1;
            done = done.isEmpty() ? new ArrayList<>() : done;
            done.addAll(letGo(oldest));
        }
        return done;
    }

    private List<Ingested> letGo(Group group) {
        byAge.remove(group);
        group.names.forEach(groups::remove);
        bytes -= group.bytes;
        for (Held held : group.pieces) {
            journal.letGo(held.number());
            if (held.piece() instanceof SpanPiece span) {
                forget(span);
                span.eventId().ifPresent(this::remember);
            }
        }
        return group.pieces.get(0).piece() instanceof RowPiece row
                ? row.join().assemble(rows(group))
                : TraceAssembler.assemble(group.pieces.stream().map(Held::piece).toList(), account);
    }

    private void remember(String id) {
        if (gone.containsKey(id)) {
            return;
        }
        long number = nextNumber++;
        gone.put(id, number);
        journal.finished(number, id);
        if (gone.size() > REMEMBERED) {
            Iterator<Long> eldest = gone.values().iterator();
            journal.forgotten(eldest.next());
            eldest.remove();
        }
    }

    @SuppressWarnings("ReferenceEquality") // Two spans may say the same; only this one is let go.
    private void forget(SpanPiece span) {
        TwinCalls.lookUpKey(span).ifPresent(key -> {
            Deque<SpanPiece> seen = alike.get(key);
            if (seen != null) {
                seen.removeIf(each -> each == span);
                if (seen.isEmpty()) {
                    alike.remove(key);
                }
            }
        });
    }

    private static List<RowPiece> rows(Group group) {
        List<RowPiece> rows = new ArrayList<>();
        group.pieces.forEach(held -> {
            if (held.piece() instanceof RowPiece row) {
                rows.add(row);
            }
        });
        return rows;
    }
}
