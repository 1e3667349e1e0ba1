package io.stillwatch.cli.evaluate;

import io.stillwatch.evaluate.control.Blank;
import io.stillwatch.evaluate.control.Neutral;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import io.stillwatch.simulate.claim.Forger;
import io.stillwatch.simulate.evasion.Play;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Traffic in a disguise: its honest accounts are as they were, unless all is blank. */
record DisguisedTraffic(LabelledTraffic plain, Disguising disguise) implements LabelledTraffic {
    @Override
    public String name() {
        return plain.name();
    }

    @Override
    public List<TruthRow> truth() {
        return plain.truth();
    }

    @Override
    public Play play() {
        Play events = plain.play();
        return disguise.isNone() ? events : new DisguisedPlay(events, disguised(events));
    }

    private Iterator<RequestEvent> disguised(Iterator<RequestEvent> events) {
        Iterator<RequestEvent> inTime = disguise.neutral() ? neutral(events) : events;
        Set<String> hostile = truth().stream()
                .filter(row -> row.label() == Label.HOSTILE)
                .map(TruthRow::accountId)
                .collect(Collectors.toSet());
        Map<String, Forger> forgers = new HashMap<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return inTime.hasNext();
            }

            @Override
            public RequestEvent next() {
                RequestEvent event = inTime.next();
                String account = event.getAccountId();
                if (hostile.contains(account)) {
                    forgers.computeIfAbsent(account, disguise.guise()::forgerOf).forge(event);
                }
                if (disguise.blank()) {
                    Blank.apply(event);
                }
                return event;
            }
        };
    }

    private Iterator<RequestEvent> neutral(Iterator<RequestEvent> events) {
        Neutral neutral = new Neutral(truth());
        try (Play first = plain.play()) {
            first.forEachRemaining(neutral::see);
        }
        try {
            return neutral.over(events);
        } catch (IllegalStateException e) {
            throw new UserException(
                    "The traffic " + name() + " cannot be made neutral: " + e.getMessage(), ExitStatus.FAILURE, e);
        }
    }

    private record DisguisedPlay(Play plain, Iterator<RequestEvent> events) implements Play {
        @Override
        public boolean hasNext() {
            return events.hasNext();
        }

        @Override
        public RequestEvent next() {
            return events.next();
        }

        @Override
        public double done() {
            return plain.done();
        }

        @Override
        public long rejected() {
            return plain.rejected();
        }

        @Override
        public long skipped() {
            return plain.skipped();
        }

        @Override
        public void close() {
            plain.close();
        }
    }
}
