package io.stillwatch.simulate.actor;

import io.stillwatch.simulate.chance.Chance;
import java.util.List;

/**
 * Where a person or a company is.
 *
 * @param country ISO 3166 code
 * @param language of its people, ISO 639-1; one that the grammars speak
 * @param zoneHours hours ahead of UTC
 * @param weight share among all, relative
 */
public record Place(String country, String language, double zoneHours, double weight) {
    private static final List<Place> ALL = List.of(
            new Place("US", "en", -5, 18),
            new Place("US", "en", -8, 12),
            new Place("GB", "en", 1, 8),
            new Place("IN", "en", 5.5, 10),
            new Place("CA", "en", -4, 4),
            new Place("AU", "en", 10, 3),
            new Place("NG", "en", 1, 2),
            new Place("PH", "en", 8, 3),
            new Place("NL", "en", 2, 2),
            new Place("DE", "de", 2, 7),
            new Place("AT", "de", 2, 1.5),
            new Place("CH", "de", 2, 1.5),
            new Place("FR", "fr", 2, 5),
            new Place("BE", "fr", 2, 1),
            new Place("ES", "es", 2, 3.5),
            new Place("MX", "es", -6, 3.5),
            new Place("AR", "es", -3, 2),
            new Place("BR", "pt", -3, 6),
            new Place("PT", "pt", 1, 1),
            new Place("IT", "it", 2, 3),
            new Place("TW", "zh", 8, 2),
            new Place("SG", "zh", 8, 2),
            new Place("JP", "ja", 9, 3.5),
            new Place("KZ", "ru", 5, 1.5));
    private static final double[] WEIGHTS =
            ALL.stream().mapToDouble(Place::weight).toArray();

    public static Place of(Chance chance) {
        return ALL.get(chance.weighted(WEIGHTS));
    }
}
