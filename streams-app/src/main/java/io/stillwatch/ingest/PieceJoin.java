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
 * have a wrong clock) and than what was the newest when that came: what comes in late, as after an outage of the network,
 * comes in pieces, too. Or it is let go when too much is held. A log record that comes after the call of its span was let go is rejected.
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
    private long vouchedMs = Long.MIN_VALUE;
    private long nextNumber;
    private long early;
    private final boolean apart;

    /** How far event time has come in each source; of all of them together where they are read as one. */
    private final Map<String, PieceJournal.Times> clocks = new HashMap<>();

    /** Whether pieces are only gathered, as long as nothing is known of the other sources. */
    private boolean gathering;

    private static final class Group {
        private final long number;
        private final Set<String> names = new HashSet<>();
        private final List<PieceJournal.Held> pieces = new ArrayList<>();
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
        this(account, wait, mostBytes, PieceJournal.NONE, false);
    }

    /**
     * A join of pieces from sources that are read at their own pace, as topics are after a pause: time has come as far as in
     * the source that is furthest behind, of those that do not {@link #rest}.
     *
     * @param journal is told of everything that must not be forgotten
     */
    public static PieceJoin ofSources(AccountChoice account, Duration wait, long mostBytes, PieceJournal journal) {
        return new PieceJoin(account, wait, mostBytes, journal, true);
    }

    private PieceJoin(AccountChoice account, Duration wait, long mostBytes, PieceJournal journal, boolean apart) {
        this.apart = apart;
        this.account = account;
        this.waitMs = wait.toMillis();
        this.mostBytes = mostBytes;
        this.journal = journal;
    }

    /**
     * Puts a join back to where another one was, by what its journal was told. Once, before the first piece.
     *
     * @param held pieces that were held, in the order of their numbers
     * @param finished calls that were let go, by their numbers, in the order of these
     */
    public void restore(
            List<PieceJournal.Held> held, Map<Long, String> finished, Map<String, PieceJournal.Times> times) {
        held.forEach(one -> {
            nextNumber = Math.max(nextNumber, one.number() + 1);
            hold(one);
        });
        finished.forEach((number, id) -> {
            nextNumber = Math.max(nextNumber, number + 1);
            gone.put(id, number);
        });
        clocks.putAll(times);
        vouchedMs = leastVouchedMs();
    }

    /** Only gathers pieces, or lets go again what has waited. */
    public List<Ingested> gather(boolean only) {
        gathering = only;
        return due();
    }

    /** Nothing comes from a source at the moment, so it is not waited for. */
    public List<Ingested> rest(String source) {
        if (clocks.remove(source) != null) {
            vouchedMs = leastVouchedMs();
            journal.rests(source);
        }
        return due();
    }

    /** The sources that are waited for. */
    public Set<String> waitedFor() {
        return Set.copyOf(clocks.keySet());
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
        PieceJournal.Held held = new PieceJournal.Held(number, piece, Math.max(piece.timeMs(), vouchedMs));
        journal.held(held);
        Group group = hold(held);
        tell(apart ? piece.at().source() : "", piece.group(), piece.timeMs());
        if (piece instanceof RowPiece row && row.join().isComplete(rows(group))) {
            List<Ingested> done = new ArrayList<>(letGo(group));
            done.addAll(due());
            return done;
        }
        return due();
    }

    private Group hold(PieceJournal.Held held) {
        Piece piece = held.piece();
        Group group = groups.computeIfAbsent(piece.group(), name -> newGroup(held.number(), name));
        byAge.remove(group);
        group.pieces.add(held);
        group.bytes += piece.weight();
        group.newestMs = Math.max(group.newestMs, held.sinceMs());
        bytes += piece.weight();
        group = withTwin(piece, group);
        byAge.add(group);
        return group;
    }

    /** Tells the join of an event time that something else has reached, such as a request that needs no other piece. */
    public List<Ingested> advance(String group, long timeMs) {
        tell("", group, timeMs);
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
            if (ofOther != null
                    && ofOther != joined
                    && TwinCalls.mayBe(span, other)
                    && TwinCalls.are(span, SpanCall.read(span, List.of()), other, SpanCall.read(other, List.of()))) {
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

    private void tell(String source, String group, long timeMs) {
        PieceJournal.Times before = clocks.getOrDefault(source, PieceJournal.Times.NONE);
        PieceJournal.Times now = before.with(group, timeMs);
        if (!now.equals(before)) {
            clocks.put(source, now);
            vouchedMs = leastVouchedMs();
            journal.times(source, now);
        }
    }

    /** How far event time has come for certain; milliseconds since 1970, the lowest number where nobody vouches for any. */
    private long leastVouchedMs() {
        if (clocks.size() == 1) {
            return clocks.values().iterator().next().vouchedMs();
        }
        // With several sources one wrong clock cannot run away with the time of all.
        return clocks.values().stream()
                .mapToLong(times -> times.vouchedMs() == Long.MIN_VALUE ? times.newestMs() : times.vouchedMs())
                .min()
                .orElse(Long.MIN_VALUE);
    }

    private List<Ingested> due() {
        List<Ingested> done = List.of();
        long reachedMs = gathering ? Long.MIN_VALUE : vouchedMs;
        while (!byAge.isEmpty()) {
            Group oldest = byAge.first();
            boolean over = reachedMs != Long.MIN_VALUE && oldest.newestMs + waitMs < reachedMs;
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
        for (PieceJournal.Held held : group.pieces) {
            journal.letGo(held.number());
            if (held.piece() instanceof SpanPiece span) {
                forget(span);
                span.eventId().ifPresent(this::remember);
            }
        }
        return group.pieces.get(0).piece() instanceof RowPiece row
                ? row.join().assemble(rows(group))
                : TraceAssembler.assemble(
                        group.pieces.stream().map(PieceJournal.Held::piece).toList(), account);
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
