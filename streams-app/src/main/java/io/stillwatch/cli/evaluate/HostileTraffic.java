package io.stillwatch.cli.evaluate;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import io.stillwatch.simulate.evasion.Play;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The hostile accounts of traffic, as if there were no others. */
record HostileTraffic(LabelledTraffic whole) implements LabelledTraffic {
    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public List<TruthRow> truth() {
        return whole.truth().stream()
                .filter(row -> row.label() == Label.HOSTILE)
                .toList();
    }

    @Override
    public Play play() {
        return new HostilePlay(
                whole.play(), truth().stream().map(TruthRow::accountId).collect(Collectors.toSet()));
    }

    private static final class HostilePlay implements Play {
        private final Play whole;
        private final Set<String> hostile;
        private @Nullable RequestEvent next;

        HostilePlay(Play whole, Set<String> hostile) {
            this.whole = whole;
            this.hostile = hostile;
        }

        @Override
        public boolean hasNext() {
            while (next == null && whole.hasNext()) {
                RequestEvent event = whole.next();
                next = hostile.contains(event.getAccountId()) ? event : null;
            }
            return next != null;
        }

        @Override
        public RequestEvent next() {
            RequestEvent event = hasNext() ? next : null;
            if (event == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return event;
        }

        @Override
        public double done() {
            return whole.done();
        }

        @Override
        public long rejected() {
            return whole.rejected();
        }

        @Override
        public long skipped() {
            return whole.skipped();
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
