package io.stillwatch.cli.evaluate;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.simulate.claim.ForgedClaims;
import io.stillwatch.simulate.claim.Guise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is done to labelled traffic before it is judged.
 *
 * @param guise what hostile accounts claim
 * @param neutral hostile accounts behave as honest ones
 * @param blank nobody's prompts can be read
 */
record Disguising(Guise guise, boolean neutral, boolean blank) {
    /** As the traffic is. */
    static final Disguising NONE = new Disguising(Guise.NONE, false, false);

    /** Each claim alone. */
    static final String EACH = "each";

    private static final String NEUTRAL = "neutral";
    private static final String BLANK = "blank";

    /**
     * Reads a list of disguises.
     *
     * @param words each some of the names of claims, {@code neutral}, {@code blank} and {@code all}, joined by {@code +};
     *     or {@code each}
     * @throws UserException when one is unknown
     */
    static List<Disguising> read(List<String> words) {
        List<Disguising> disguises = new ArrayList<>();
        for (String word : words) {
            if (word.equals(EACH)) {
                ForgedClaims.names().forEach(claim -> disguises.add(one(claim)));
            } else {
                disguises.add(one(word));
            }
        }
        return disguises;
    }

    private static Disguising one(String word) {
        List<String> parts = Arrays.asList(word.split("\\+", -1));
        String claims = parts.stream()
                .filter(part -> !part.equals(NEUTRAL) && !part.equals(BLANK))
                .collect(Collectors.joining("+"));
        Guise guise = claims.isEmpty() && !word.isEmpty()
                ? Guise.NONE
                : Guise.read(claims)
                        .orElseThrow(() -> new UserException(
                                "'" + word + "' is no disguise; join some of " + String.join(", ", ForgedClaims.names())
                                        + ", "
                                        + Guise.ALL + ", " + NEUTRAL + " and " + BLANK
                                        + " by '+', with a share where it matters, as in enduser+repeat=0.2, or write "
                                        + EACH + ".",
                                ExitStatus.USAGE));
        return new Disguising(guise, parts.contains(NEUTRAL), parts.contains(BLANK));
    }

    /** The same with one more control, or both. */
    Disguising and(boolean alsoNeutral, boolean alsoBlank) {
        return new Disguising(guise, neutral || alsoNeutral, blank || alsoBlank);
    }

    boolean isNone() {
        return equals(NONE);
    }

    /** For tables. */
    String words() {
        List<String> words = new ArrayList<>();
        if (!guise.parts().isEmpty()) {
            words.add(guise.name());
        }
        if (neutral) {
            words.add(NEUTRAL);
        }
        if (blank) {
            words.add(BLANK);
        }
        return words.isEmpty() ? "as it is" : String.join("+", words);
    }
}
