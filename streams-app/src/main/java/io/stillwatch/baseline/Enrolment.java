package io.stillwatch.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.profile.Profile;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.util.Optional;

/**
 * The record of a contract with an account, which vouches for it before there is any history: what it is expected to ask,
 * how much, for how many end users, and until when. It vouches for nothing while the account does more than that, and after
 * it has lapsed, by event time. What it does not cover lies outside as for any enrolment: known kits, and prompts unlike its
 * own.
 *
 * @param asks mean of example prompts, or of the account's history; its name is the account
 * @param subject what the account asks about, in the words of who vouches; at most {@value #LONGEST_SUBJECT} characters
 * @param requestsADay expected at most; above 0
 * @param endUsers expected at most; 0 where none are agreed on
 * @param expiresMs when it lapses, by event time; milliseconds since 1970
 * @param reason why; at most {@value #LONGEST_REASON} characters
 * @param by who vouches; at most {@value #LONGEST_NAME} characters
 * @param addedMs when it was written, by the writer's clock; milliseconds since 1970
 */
public record Enrolment(
        Atom asks,
        String subject,
        long requestsADay,
        long endUsers,
        long expiresMs,
        String reason,
        String by,
        long addedMs) {
    public static final int LONGEST_SUBJECT = 200;
    public static final int LONGEST_REASON = 1_000;
    public static final int LONGEST_NAME = 200;

    private static final String FORMAT = "stillwatch-enrolment/1";

    public Enrolment {
        if (asks.kind() != Atom.Kind.ENROLLED) {
            throw new BaselineException("an enrolment holds what an account asks, and no "
                    + asks.kind().id());
        }
        Terms.check(requestsADay, endUsers);
        if (subject.isBlank() || reason.isBlank() || by.isBlank()) {
            throw new BaselineException("an enrolment needs a subject, a reason and somebody who vouches");
        }
        if (subject.length() > LONGEST_SUBJECT || reason.length() > LONGEST_REASON || by.length() > LONGEST_NAME) {
            throw new BaselineException("an enrolment's subject has at most " + LONGEST_SUBJECT
                    + " characters, its reason " + LONGEST_REASON + ", and the name of who vouches " + LONGEST_NAME);
        }
    }

    /** The account that is vouched for. */
    public String account() {
        return asks.name();
    }

    /**
     * Why it vouches for nothing of what an account sent; empty where it does.
     *
     * @param whole all of the account's requests of a window
     */
    public Optional<String> breach(Profile whole) {
        return terms().breach(whole);
    }

    private Terms terms() {
        return new Terms(requestsADay, endUsers, expiresMs);
    }

    /** Who vouches, for what and until when, for an alert. */
    String words() {
        return "enrolled by " + Printable.text(by, 60) + " until "
                + Figures.minute(expiresMs).substring(0, 10) + " (" + Printable.text(subject, 100) + ", about "
                + Figures.counted(requestsADay, "request") + " a day"
                + (endUsers > 0 ? " of " + Figures.counted(endUsers, "end user") : "") + ")";
    }

    /** As JSON, in one line. */
    public String text() {
        ObjectNode root = JsonFile.begin(FORMAT);
        JsonFields.write(root.putObject("asks"), asks);
        root.put("subject", subject);
        root.put("requests_a_day", requestsADay);
        root.put("end_users", endUsers);
        root.put("expires_ms", expiresMs);
        root.put("reason", reason);
        root.put("by", by);
        root.put("added_ms", addedMs);
        return JsonFile.text(root);
    }

    /**
     * Reads what {@link #text} gave.
     *
     * @param name what the text is, for messages
     * @throws BaselineException when it is none, with what to do
     */
    public static Enrolment parse(String name, String text) {
        JsonFields fields = new JsonFields(name);
        JsonNode root = JsonFile.parse(name, text, FORMAT);
        return new Enrolment(
                fields.atom(fields.required(root, "asks")),
                fields.text(root, "subject"),
                fields.whole(root, "requests_a_day"),
                fields.whole(root, "end_users"),
                fields.whole(root, "expires_ms"),
                fields.text(root, "reason"),
                fields.text(root, "by"),
                fields.whole(root, "added_ms"));
    }
}
