package io.stillwatch.alert.cef;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Finding;
import io.stillwatch.text.JsonLine;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A step of an alert as one line of CEF (ArcSight Common Event Format, version 0).
 *
 * <p>Keys are those of the standard's dictionary; what it has none for is in the labelled custom fields. Texts are cut so
 * that a line stays below {@value #MOST_CHARACTERS} characters and fits a datagram.
 */
public final class CefEvent {
    /** No line is longer; characters. */
    public static final int MOST_CHARACTERS = 16_000;

    private static final int SHORT = 128;
    private static final int NAME = 512;
    private static final int MESSAGE = 1_023;
    private static final int LIST = 1_000;

    private final String productVersion;

    /** @param productVersion the version of Stillwatch to name as the device's */
    public CefEvent(String productVersion) {
        this.productVersion = productVersion;
    }

    /** The alert's step on one line, without a line end. */
    public String line(Alert alert) {
        StringBuilder line = new StringBuilder("CEF:0|Stillwatch|Stillwatch|");
        line.append(CefText.header(productVersion, SHORT)).append('|');
        line.append(CefText.header(eventClass(alert), SHORT)).append('|');
        line.append(CefText.header(alert.getTitle(), NAME)).append('|');
        line.append(severity(alert.getSeverity())).append('|');
        Extension extension = new Extension(line);
        extension.put("rt", alert.getTime());
        extension.put("start", alert.getFirstEventTime());
        extension.put("externalId", alert.getAlertId(), SHORT);
        extension.put("cat", "Model distillation", SHORT);
        extension.put("act", state(alert), SHORT);
        if (alert.getEntityType().equals("account")) {
            extension.put("suid", alert.getEntityId(), SHORT);
        }
        extension.put("msg", alert.getExplanation(), MESSAGE);
        extension.put("reason", alert.getCloseReason(), MESSAGE);
        extension.put("cn1", alert.getSequence(), "sequence");
        extension.put("cn2", alert.getRequests(), "requests");
        extension.put("cn3", alert.getOutputTokens(), "outputTokens");
        extension.put("cfp1", JsonLine.digits(Double.isFinite(alert.getScore()) ? alert.getScore() : 0), SHORT);
        extension.put("cfp1Label", "score", SHORT);
        extension.put("cs1", signatures(alert), LIST, "signatures");
        extension.put("cs2", String.join(" ", techniques(alert)), LIST, "atlasTechniques");
        extension.put("cs3", alert.getEntityType() + " " + alert.getEntityId(), SHORT, "entity");
        extension.put("cs4", joined(alert.getLinkedAccounts()), LIST, "linkedAccounts");
        extension.put("cs5", alert.getDisposition(), SHORT, "disposition");
        extension.put("cs6", analyst(alert), SHORT, "analyst");
        return line.toString();
    }

    /** CEF's class of an event is the rule that found it: the signature behind the strongest finding. */
    private static String eventClass(Alert alert) {
        return alert.getFindings().isEmpty()
                ? "alert"
                : alert.getFindings().get(0).getSignatureId();
    }

    private static String state(Alert alert) {
        return alert.getState().name().toLowerCase(Locale.ROOT);
    }

    /** 0 to 10; CEF counts 0 to 3 as low, 4 to 6 as medium, 7 and 8 as high, 9 and 10 as very high. */
    private static int severity(String severity) {
        return switch (severity) {
            case "critical" -> 10;
            case "high" -> 8;
            case "medium" -> 5;
            case "low" -> 3;
            default -> 1;
        };
    }

    private static String signatures(Alert alert) {
        Set<String> ids = new LinkedHashSet<>();
        alert.getFindings().forEach(finding -> ids.add(finding.getSignatureId()));
        return String.join(" ", ids);
    }

    private static Collection<String> techniques(Alert alert) {
        Set<String> ids = new LinkedHashSet<>();
        alert.getFindings().stream().map(Finding::getAtlas).forEach(ids::addAll);
        return ids;
    }

    private static String joined(List<String> accounts) {
        return String.join(" ", accounts.subList(0, Math.min(accounts.size(), LIST)));
    }

    private static String analyst(Alert alert) {
        return alert.getClosedBy() == null ? alert.getAcknowledgedBy() : alert.getClosedBy();
    }

    /** Key and value pairs; a value that is absent or empty is left out, and its label with it. */
    private record Extension(StringBuilder line) {
        void put(String key, long value) {
            put(key, Long.toString(value), SHORT);
        }

        void put(String key, long value, String label) {
            put(key, Long.toString(value), SHORT, label);
        }

        void put(String key, String value, int limit, String label) {
            if (value != null && !value.isEmpty()) {
                put(key, value, limit);
                put(key + "Label", label, SHORT);
            }
        }

        void put(String key, String value, int limit) {
            if (value == null || value.isEmpty()) {
                return;
            }
            if (line.charAt(line.length() - 1) != '|') {
                line.append(' ');
            }
            line.append(key).append('=').append(CefText.value(value, limit));
        }
    }
}
