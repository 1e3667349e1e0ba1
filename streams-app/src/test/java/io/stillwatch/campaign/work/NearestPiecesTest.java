package io.stillwatch.campaign.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.fingerprint.Hash64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Beside a naive one, which measures all pairs anew before it joins two. */
class NearestPiecesTest {
    private static final Points POINTS = new Points(
            WorkSpace.bundled(), List.of(new Work(new double[WorkSpace.bundled().axes()], 0.1)));

    @Property(tries = 300)
    void theNearestTwoAreJoinedUntilAllAreApart(
            @ForAll @IntRange(max = 14) int groups, @ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int steps) {
        NearestPieces.Distance distance = (later, earlier) -> distance(seed, steps, later, earlier);
        List<SourcePiece> single =
                IntStream.range(0, groups).mapToObj(at -> piece(new int[] {at})).toList();
        NearestPieces nearest = new NearestPieces(single, distance);
        while (nearest.joinable()) {
            nearest.join(both(nearest.into(), nearest.from()));
        }
        assertThat(nearest.pieces().stream().map(piece -> Arrays.toString(piece.accounts)))
                .isEqualTo(naive(single, distance).stream()
                        .map(piece -> Arrays.toString(piece.accounts))
                        .toList());
    }

    private static List<SourcePiece> naive(List<SourcePiece> groups, NearestPieces.Distance distance) {
        List<SourcePiece> left = new ArrayList<>(groups);
        while (true) {
            int from = -1;
            int into = -1;
            double least = 1;
            for (int at = 0; at < left.size(); at++) {
                for (int before = 0; before < at; before++) {
                    double apart = distance.between(left.get(at), left.get(before));
                    if (apart < least) {
                        least = apart;
                        from = at;
                        into = before;
                    }
                }
            }
            if (from < 0) {
                return left;
            }
            left.set(into, both(left.get(into), left.get(from)));
            left.remove(from);
        }
    }

    /** From 0 to 2 in so many steps, so that some pairs are equally far apart. */
    private static double distance(long seed, int steps, SourcePiece one, SourcePiece other) {
        long hash = Hash64.finish(seed + Hash64.of(Arrays.toString(one.accounts) + Arrays.toString(other.accounts)));
        return 2.0 * Math.floorMod(hash, steps) / steps;
    }

    private static SourcePiece both(SourcePiece one, SourcePiece other) {
        return piece(IntStream.concat(Arrays.stream(one.accounts), Arrays.stream(other.accounts))
                .toArray());
    }

    private static SourcePiece piece(int[] accounts) {
        return new SourcePiece(accounts, Source.of(POINTS, new int[] {0}), new double[] {1}, 1);
    }
}
