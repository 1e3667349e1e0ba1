package io.stillwatch.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of one payload, each at the payload's place; of several each at an item of it. */
final class PayloadFrames {
    private final RecordFramer framer;
    private final Position at;

    PayloadFrames(byte[] payload, Position at, int longest) {
        this.at = at;
        this.framer = new RecordFramer(new ByteArrayInputStream(payload), at.source(), longest, payload.length);
    }

    List<Framed> all() {
        List<Framed> records = new ArrayList<>();
        try {
            for (Optional<Framed> next = framer.next(); next.isPresent(); next = framer.next()) {
                Position place = at.item(records.size() + 1L);
                records.add(
                        next.get() instanceof Framed.Whole whole
                                ? whole.copyAt(place)
                                : new Framed.Broken(
                                        place,
                                        ((Framed.Broken) next.get()).cause(),
                                        ((Framed.Broken) next.get()).original()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }
}
