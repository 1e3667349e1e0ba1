package io.stillwatch.cli.signatures;

import io.stillwatch.replay.ShortIds;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import io.stillwatch.text.Suggestion;
import java.util.Collection;
import java.util.List;

/** The signature that a person means who wrote its id or the beginning of it. */
final class MeantSignature {
    private MeantSignature() {}

    /**
     * Its id.
     *
     * @param ids that there are
     * @throws UserException where none is meant, or any of several may be
     */
    static String of(String written, Collection<String> ids) {
        List<String> meant = ShortIds.meant(written, ids);
        if (meant.size() > 1) {
            throw new UserException(ShortIds.ambiguous(written, meant), ExitStatus.FAILURE);
        }
        return meant.stream()
                .findFirst()
                .orElseThrow(() -> new UserException(
                        "There is no signature " + Printable.escape(written)
                                + Suggestion.word(written, ids)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; 'stillwatch signatures list' names those there are."),
                        ExitStatus.FAILURE));
    }
}
