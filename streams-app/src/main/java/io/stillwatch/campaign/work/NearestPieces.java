package io.stillwatch.campaign.work;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which two of some groups lie nearest each other, while they are joined two at a time. Of pairs equally near it is the
 * first, by the later group and then the earlier one. Mutable.
 */
final class NearestPieces {
    private static final int NONE = -1;

    private final @Nullable SourcePiece[] pieces;
    private final Distance distance;

    /** For each group the distance from every one before it. */
    private final double[][] apart;

    /** For each group the nearest one before it that is not too far; {@link #NONE} where there is none. */
    private final int[] nearest;

    private int from;

    /** How far two groups lie apart: below 1 where they may be joined. */
    @FunctionalInterface
    interface Distance {
        double between(SourcePiece later, SourcePiece earlier);
    }

    NearestPieces(List<SourcePiece> groups, Distance distance) {
        this.pieces = groups.toArray(SourcePiece[]::new);
        this.distance = distance;
        this.apart = new double[pieces.length][];
        this.nearest = new int[pieces.length];
        for (int at = 0; at < pieces.length; at++) {
            apart[at] = new double[at];
            measure(at);
        }
        from = first();
    }

    boolean joinable() {
        return from != NONE;
    }

    /** The later one of the two nearest. */
    SourcePiece from() {
        return at(from);
    }

    /** The earlier one. */
    SourcePiece into() {
        return at(nearest[from]);
    }

    /** Puts what the two make together in the place of the earlier one. */
    void join(SourcePiece both) {
        int into = nearest[from];
        int gone = from;
        pieces[into] = both;
        pieces[gone] = null;
        measure(into);
        for (int at = into + 1; at < pieces.length; at++) {
            if (pieces[at] != null) {
                apart[at][into] = distance.between(at(at), both);
                if (nearest[at] == into || nearest[at] == gone) {
                    find(at);
                } else if (isNearer(at, into)) {
                    nearest[at] = into;
                }
            }
        }
        from = first();
    }

    /** Whether a group lies nearer to another than to its nearest one. */
    private boolean isNearer(int at, int other) {
        double least = nearest[at] == NONE ? 1 : apart[at][nearest[at]];
        return apart[at][other] < least || apart[at][other] == least && other < nearest[at];
    }

    /** The groups that are left, in their order. */
    List<SourcePiece> pieces() {
        List<SourcePiece> left = new ArrayList<>();
        Arrays.stream(pieces).filter(Objects::nonNull).forEach(left::add);
        return left;
    }

    private void measure(int at) {
        for (int before = 0; before < at; before++) {
            if (pieces[before] != null) {
                apart[at][before] = distance.between(at(at), at(before));
            }
        }
        find(at);
    }

    private void find(int at) {
        int found = NONE;
        double least = 1;
        for (int before = 0; before < at; before++) {
            if (apart[at][before] < least && pieces[before] != null) {
                least = apart[at][before];
                found = before;
            }
        }
        nearest[at] = found;
    }

    private int first() {
        int found = NONE;
        double least = 1;
        for (int at = 0; at < pieces.length; at++) {
            if (pieces[at] != null && nearest[at] != NONE && apart[at][nearest[at]] < least) {
                least = apart[at][nearest[at]];
                found = at;
            }
        }
        return found;
    }

    private SourcePiece at(int place) {
        return Objects.requireNonNull(pieces[place]);
    }
}
