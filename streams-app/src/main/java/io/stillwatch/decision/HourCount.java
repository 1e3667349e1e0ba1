package io.stillwatch.decision;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;

/**
 * What happened within one clock hour of event time.
 *
 * @param blocked accounts newly blocked; count
 * @param beyond accounts that were not, as the ceiling was reached; count
 */
record HourCount(long blocked, long beyond) {
    static final HourCount NONE = new HourCount(0, 0);

    byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeByte(1);
        out.writeUnsigned(blocked);
        out.writeUnsigned(beyond);
        return out.toByteArray();
    }

    static HourCount decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        in.readByte();
        return new HourCount(in.readUnsigned(), in.readUnsigned());
    }
}
