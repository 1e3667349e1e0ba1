package io.stillwatch.simulate.evasion;

import java.util.List;
import java.util.Optional;

/** All evasions. */
public final class Evasions {
    private static final List<Evasion> ALL = List.of(
            new CoverTraffic(),
            new PopularPadding(),
            new Slowing(),
            new RestDays(),
            new IrregularTimes(),
            new Rewording(),
            new Dialogue(),
            new ClientMimicry(),
            new Combined());

    private Evasions() {}

    public static List<Evasion> all() {
        return ALL;
    }

    public static Optional<Evasion> named(String name) {
        return ALL.stream().filter(evasion -> evasion.name().equals(name)).findFirst();
    }

    public static List<String> names() {
        return ALL.stream().map(Evasion::name).toList();
    }
}
