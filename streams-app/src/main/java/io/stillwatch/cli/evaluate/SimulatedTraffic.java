package io.stillwatch.cli.evaluate;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.evasion.Play;
import java.util.Iterator;
import java.util.List;

/** A plan that is played. */
record SimulatedTraffic(String name, Simulator simulator) implements LabelledTraffic {
    @Override
    public List<TruthRow> truth() {
        return simulator.truth();
    }

    @Override
    public Play play() {
        Iterator<RequestEvent> events = simulator.events();
        return new Play() {
            private long played;

            @Override
            public boolean hasNext() {
                return events.hasNext();
            }

            @Override
            public RequestEvent next() {
                played++;
                return events.next();
            }

            @Override
            public double done() {
                return (double) played / simulator.size();
            }

            @Override
            public long rejected() {
                return 0;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
