package io.stillwatch.ingest;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells identifiers from what stands where one is missing. A logger that writes "None", or that blacks secrets out, writes
 * the same for everybody: taken for an identity it would melt unrelated callers into one account.
 */
final class Identity {
    private static final Set<String> PLACEHOLDERS = Set.of(
            "none",
            "null",
            "nil",
            "undefined",
            "nan",
            "n/a",
            "unknown",
            "anonymous",
            "unset",
            "missing",
            "not set",
            "not_set",
            "no-user",
            "no_user",
            "false",
            "default_user_id",
            "litellm_proxy_master_key",
            "redacted",
            "redacted-by-litellm",
            "filtered",
            "masked",
            "removed",
            "scrubbed",
            "obfuscated",
            "sanitized",
            "xxx",
            "00000000-0000-0000-0000-000000000000");

    private static final int LONGEST_PLACEHOLDER =
            PLACEHOLDERS.stream().mapToInt(String::length).max().orElse(0);

    /** Nothing but signs that stand for something blacked out or absent. */
    private static final Pattern ONLY_SIGNS =
            Pattern.compile("[\\p{Punct}\\s\\u2022\\u00b7\\u2026\\u2014\\u2013\\u25cf\\u2588xX]*");

    /** What scrubbers leave: brackets around a word. */
    private static final Pattern BRACKETED = Pattern.compile("[\\[<({*]+\\s*([^\\[\\]<>(){}*]*?)\\s*[\\])}>*]+");

    private static final Pattern SCRUBBED = Pattern.compile(
            "(?i).*(redact|filter|mask|scrub|hidden|remov|secret|obfuscat|saniti[sz]|sensitiv|protected|censored|omit).*");

    private static final Pattern SCHEME = Pattern.compile("(?i)(bearer|basic|token|apikey|api-key|key|digest)\\s+(.*)");

    private static final int SHORTEST_SECRET = 6;

    private Identity() {}

    /** The identifier, null where it is absent, blank or a placeholder. */
    static @Nullable String of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return text.length() <= 64 && isPlaceholder(text.strip()) ? null : text;
    }

    /**
     * A name for a credential, from which nobody can get back to it; null where there is none or it was blacked out, in
     * whole or in part.
     */
    static @Nullable String ofSecret(@Nullable String secret) {
        String given = of(secret);
        if (given == null) {
            return null;
        }
        var scheme = SCHEME.matcher(given.strip());
        String bare = scheme.matches() ? scheme.group(2).strip() : given.strip();
        boolean shown = of(bare) != null && bare.length() >= SHORTEST_SECRET && !isMasked(bare);
        return shown && secret != null ? Hash.ofSecret(secret) : null;
    }

    private static boolean isPlaceholder(String text) {
        char first = text.charAt(0);
        boolean plain = Character.isLetterOrDigit(first) && first != 'x' && first != 'X';
        if (plain) {
            // Neither signs alone nor in brackets.
            return text.length() <= LONGEST_PLACEHOLDER && PLACEHOLDERS.contains(text.toLowerCase(Locale.ROOT));
        }
        if (PLACEHOLDERS.contains(text.toLowerCase(Locale.ROOT))
                || ONLY_SIGNS.matcher(text).matches()) {
            return true;
        }
        var bracketed = BRACKETED.matcher(text);
        return bracketed.matches()
                && (SCRUBBED.matcher(bracketed.group(1)).matches()
                        || PLACEHOLDERS.contains(bracketed.group(1).toLowerCase(Locale.ROOT)));
    }

    /** Such as {@code sk-...abcd} and {@code sk-****}: many keys look alike so. */
    private static boolean isMasked(String secret) {
        return secret.contains("***")
                || secret.contains("...")
                || secret.contains("\u2026")
                || secret.contains("xxxx")
                || secret.contains("XXXX")
                || secret.contains("\u2022\u2022")
                || secret.contains("[");
    }
}
