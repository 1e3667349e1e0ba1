package io.stillwatch.simulate;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Gateway;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.text.Grammar;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Merges the accounts' requests by event time. */
final class Playback implements Iterator<LabelledRequest> {
    private final Stage stage;
    private final Draft draft = new Draft(Grammar.standard());
    private final PriorityQueue<Cursor> active = new PriorityQueue<>();
    private final int[] waiting;
    private final long[] firstMs;
    private int opened;

    Playback(Simulator simulator, List<TruthRow> truth) {
        stage = new Stage(simulator);
        firstMs = truth.stream().mapToLong(TruthRow::firstMs).toArray();
        waiting = IntStream.range(0, firstMs.length)
                .boxed()
                .sorted((a, b) -> Long.compare(firstMs[a], firstMs[b]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** Where an account's play has come to; small, because every active account has one. */
    private static final class Cursor implements Comparable<Cursor> {
        private final int account;
        private int at;
        private long timeMs;
        private long idBits;

        Cursor(int account, Schedule schedule) {
            this.account = account;
            look(schedule);
        }

        private void look(Schedule schedule) {
            timeMs = schedule.timeMs(at);
            idBits = schedule.idBits(at);
        }

        boolean advance(Schedule schedule) {
            at++;
            if (at == schedule.size()) {
                return false;
            }
            look(schedule);
            return true;
        }

        @Override
        public int compareTo(Cursor other) {
            int byTime = Long.compare(timeMs, other.timeMs);
            return byTime != 0 ? byTime : Long.compareUnsigned(idBits, other.idBits);
        }
    }

    @Override
    public boolean hasNext() {
        return !active.isEmpty() || opened < waiting.length;
    }

    @Override
    public LabelledRequest next() {
        openWhatIsDue();
        Cursor cursor = active.poll();
        if (cursor == null) {
            throw new NoSuchElementException();
        }
        Performance performance = stage.performance(cursor.account);
        LabelledRequest request = write(performance, cursor.at);
        long nowMs = cursor.timeMs;
        if (cursor.advance(performance.schedule())) {
            active.add(cursor);
            stage.rest(cursor.account, cursor.timeMs - nowMs);
        } else {
            stage.leave(cursor.account);
        }
        return request;
    }

    private void openWhatIsDue() {
        while (opened < waiting.length && (active.isEmpty() || firstMs[waiting[opened]] <= active.peek().timeMs)) {
            int account = waiting[opened++];
            active.add(new Cursor(account, stage.performance(account).schedule()));
        }
    }

    private LabelledRequest write(Performance performance, int at) {
        Role role = performance.role();
        Schedule schedule = performance.schedule();
        boolean hostile = schedule.hostile(at);
        Actor actor = hostile ? role.main() : role.cover();
        Moment moment = schedule.moment(at);
        draft.clear();
        actor.script().write(moment, draft);
        RequestEvent event = Gateway.log(
                schedule.eventId(at),
                role.account(),
                schedule.timeMs(at),
                draft,
                schedule.outcome(at),
                schedule.fails(at));
        return new LabelledRequest(event, hostile);
    }
}
