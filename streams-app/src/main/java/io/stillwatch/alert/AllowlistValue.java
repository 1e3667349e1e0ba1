package io.stillwatch.alert;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.AllowlistKind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the value of an entry of the allowlist says what it is about. An organization and a link key are known to accounts'
 * state by their hashes; an entry gives the organization as it is, and of a link key the token or its hash, as 16
 * hexadecimal digits.
 */
public final class AllowlistValue {
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{16}");

    private AllowlistValue() {}

    /** An organization by the 64-bit hash of its id. */
    public static Allowlist.Subject organization(long hash) {
        return new Allowlist.Subject(AllowlistKind.ORGANIZATION, hex(hash));
    }

    /**
     * A link key.
     *
     * @param kind as messages name it
     * @param hash 64 bits
     */
    public static Allowlist.Subject linkKey(String kind, long hash) {
        return subject(kind, hex(hash));
    }

    /** What an entry may be about; nothing where it cannot be understood, so allows nothing. */
    static List<Allowlist.Subject> subjects(AllowlistEntry entry) {
        String value = entry.getValue();
        return switch (entry.getKind()) {
            case ACCOUNT, CAMPAIGN -> List.of(new Allowlist.Subject(entry.getKind(), value));
            case ORGANIZATION -> List.of(organization(Hash64.of(value)));
            case LINK_KEY -> linkKeys(value);
            case OTHER -> List.of();
        };
    }

    private static List<Allowlist.Subject> linkKeys(String value) {
        int colon = value.indexOf(':');
        if (colon < 1 || colon == value.length() - 1) {
            return List.of();
        }
        String kind = value.substring(0, colon);
        String token = value.substring(colon + 1);
        Allowlist.Subject byToken = linkKey(kind, Hash64.of(token));
        // A token may look like a hash.
        return isHash(token) ? List.of(byToken, subject(kind, token)) : List.of(byToken);
    }

    private static Allowlist.Subject subject(String kind, String hash) {
        return new Allowlist.Subject(AllowlistKind.LINK_KEY, kind + ":" + hash.toLowerCase(Locale.ROOT));
    }

    /** Whether a text is the form of a hash. */
    public static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /** A hash as it is, anything else by its hash; 16 hexadecimal digits. */
    public static String hashed(String token) {
        return isHash(token) ? token.toLowerCase(Locale.ROOT) : hex(Hash64.of(token));
    }

    private static String hex(long hash) {
        return String.format(Locale.ROOT, "%016x", hash);
    }
}
