package io.stillwatch.alert;

import io.stillwatch.profile.Part;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.signature.Severity;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an alert says to a person: a title of one line and one paragraph made from the evidence of its findings.
 *
 * <p>The strongest finding gives the first sentence and three of its features, the first of them with its rank among
 * the baseline's accounts; the next two findings add a sentence each with one feature not yet named; the rest are
 * counted. Where an account has left its own past, one sentence says since when and what is new. A feature speaks by its
 * own clause where it has one, else by name, value and unit. Nothing is said twice: not by the same words for another
 * feature or window, and not the requests and answer tokens that the first sentence gives anyway.
 *
 * @param title one line, without a full stop
 * @param paragraph one or more sentences
 */
public record AlertExplanation(String title, String paragraph) {
    private static final int CLAUSES_OF_THE_STRONGEST = 3;
    private static final int CLAUSES_OF_OTHERS = 1;
    private static final int FINDINGS_IN_WORDS = 3;
    private static final int CLAUSE_LIMIT = 200;
    private static final int ENROLMENT_LIMIT = 500;
    private static final int TITLE_LIMIT = 120;
    private static final double COMPLETE_ENOUGH = 0.995;
    private static final String REPEATED = "duplicate_requests";
    private static final String PEOPLE = "people_evidence";
    private static final String REQUESTS = "requests";
    private static final String OUTPUT_TOKENS = "output_tokens";

    /** Explains the findings of one entity, of whose company only the number is known. */
    public static AlertExplanation of(String entityType, String entityId, List<Finding> findings, long linkedAccounts) {
        return of(entityType, entityId, findings, linkedAccounts, "");
    }

    /**
     * Explains the findings of one entity.
     *
     * @param entityType account or campaign
     * @param findings strongest first; none gives the sentence of an alert that no longer holds
     * @param linkedAccounts accounts that share link keys with an account, or the accounts of a campaign
     * @param company what those are like, in whole sentences; empty to tell their number only
     */
    public static AlertExplanation of(
            String entityType, String entityId, List<Finding> findings, long linkedAccounts, String company) {
        String entity = Printable.text(entityType, 40) + " " + Printable.identifier(entityId);
        if (findings.isEmpty()) {
            return new AlertExplanation(capitalised(entity), "No signature holds for " + entity + " any more.");
        }
        List<String> sentences = new ArrayList<>();
        Set<String> said = new HashSet<>();
        Finding strongest = findings.get(0);
        said.add(strongest.getWindow() + " " + REQUESTS);
        said.add(strongest.getWindow() + " " + OUTPUT_TOKENS);
        sentences.add(opening(entity, strongest, said));
        for (Finding finding : findings.subList(1, Math.min(findings.size(), FINDINGS_IN_WORDS))) {
            sentences.add(addition(finding, strongest, said));
        }
        if (findings.size() > FINDINGS_IN_WORDS) {
            int rest = findings.size() - FINDINGS_IN_WORDS;
            sentences.add(rest == 1 ? "1 more signature matches." : Figures.count(rest) + " more signatures match.");
        }
        TurnSentence.of(findings).ifPresent(sentences::add);
        enrolment(findings).ifPresent(words -> sentences.add("It is " + words + "."));
        if (!company.isEmpty()) {
            sentences.add(company);
        } else if (linkedAccounts > 0) {
            sentences.add(company(entityType, linkedAccounts));
        }
        double completeness =
                findings.stream().mapToDouble(Finding::getCompleteness).min().orElse(1);
        if (completeness < COMPLETE_ENOUGH) {
            sentences.add("The evidence saw " + Figures.share(completeness) + " of the window's records.");
        }
        long repeated = repeated(findings);
        if (repeated > 0) {
            sentences.add(Figures.counted(repeated, "request")
                    + " more did not count, being sent again: same id, same content," + " within ten seconds.");
        }
        if (findings.stream().allMatch(finding -> finding.getSeverity().equals(Severity.LOW.id()))) {
            sentences.add(question(strongest));
        }
        return new AlertExplanation(title(entity, findings), String.join(" ", sentences));
    }

    /** Low is no verdict; an analyst is told whom to ask what. */
    private static String question(Finding strongest) {
        boolean asksForPeople = strongest.getEvidence().stream()
                .anyMatch(value -> value.getName().equals(PEOPLE));
        return "This is a question to its owner, not a verdict: who sends these requests, and for what?"
                + (asksForPeople
                        ? " End users whose requests belong together, turns that their tokens bear out, or an enrolment"
                                + " would vouch for it."
                        : "");
    }

    private static boolean isEnrolment(FeatureValue value) {
        return value.getName().equals("enrolled_share")
                && value.getExplanation().startsWith("enrolled by");
    }

    /** What somebody vouches for, and how much of the traffic lies outside. */
    private static Optional<String> enrolment(List<Finding> findings) {
        return findings.stream()
                .flatMap(finding -> finding.getEvidence().stream())
                .filter(AlertExplanation::isEnrolment)
                .map(value -> Printable.text(value.getExplanation(), ENROLMENT_LIMIT))
                .findFirst();
    }

    /** Requests that were left out as sent again, of the finding that tells most of them. */
    private static long repeated(List<Finding> findings) {
        return findings.stream()
                .flatMap(finding -> finding.getEvidence().stream())
                .filter(value -> value.getName().equals(REPEATED))
                .mapToLong(value -> Math.round(value.getValue()))
                .max()
                .orElse(0);
    }

    private static String title(String entity, List<Finding> findings) {
        String title =
                capitalised(entity) + ": " + Printable.text(findings.get(0).getTitle(), TITLE_LIMIT);
        return switch (findings.size()) {
            case 1 -> title;
            case 2 -> title + " and 1 more behaviour";
            default -> title + " and " + Figures.count(findings.size() - 1L) + " more behaviours";
        };
    }

    private static String opening(String entity, Finding finding, Set<String> said) {
        StringBuilder sentence = new StringBuilder();
        sentence.append("In ")
                .append(Figures.window(finding.getWindow()))
                .append(' ')
                .append(entity);
        sentence.append(" sent ").append(Figures.counted(finding.getRequests(), "request"));
        sentence.append(strand(finding));
        List<String> clauses = clauses(finding, CLAUSES_OF_THE_STRONGEST, true, said);
        if (!clauses.isEmpty()) {
            sentence.append("; ").append(String.join(", ", clauses));
        }
        if (finding.getOutputTokens() > 0) {
            sentence.append("; answers total ").append(Figures.tokens(finding.getOutputTokens()));
        }
        return sentence.append('.').toString();
    }

    /** Which of the requests are meant, when it is not all. */
    private static String strand(Finding finding) {
        return Part.named(finding.getStrand())
                .flatMap(Part::meaning)
                .map(meaning -> " that " + meaning)
                .orElse("");
    }

    private static String addition(Finding finding, Finding strongest, Set<String> said) {
        StringBuilder sentence = new StringBuilder("It also matches “");
        sentence.append(Printable.text(finding.getTitle(), TITLE_LIMIT)).append('”');
        if (!finding.getWindow().equals(strongest.getWindow())) {
            sentence.append(" over ").append(Figures.window(finding.getWindow()));
        }
        List<String> clauses = clauses(finding, CLAUSES_OF_OTHERS, false, said);
        if (!clauses.isEmpty()) {
            sentence.append(": ").append(String.join(", ", clauses));
        }
        return sentence.append('.').toString();
    }

    /** Clauses not said before; the first one also says how rare its value is, when asked to. */
    private static List<String> clauses(Finding finding, int most, boolean ranked, Set<String> said) {
        List<String> clauses = new ArrayList<>();
        boolean turned = TurnSentence.of(List.of(finding)).isPresent();
        for (FeatureValue feature : finding.getEvidence()) {
            if (clauses.size() == most) {
                break;
            }
            if (turned && TurnSentence.tells(feature.getName()) || isEnrolment(feature)) {
                continue;
            }
            String words = words(feature);
            if (said.add(finding.getWindow() + " " + feature.getName()) && said.add(words)) {
                clauses.add(clause(words, feature, ranked && clauses.isEmpty()));
            }
        }
        return clauses;
    }

    private static String words(FeatureValue feature) {
        String words = feature.getExplanation().isBlank() ? named(feature) : feature.getExplanation();
        return Printable.text(words.strip(), CLAUSE_LIMIT);
    }

    private static String clause(String clause, FeatureValue feature, boolean withRank) {
        List<String> notes = new ArrayList<>();
        if (feature.getThreshold() != null) {
            notes.add(Figures.bound(feature.getValue(), feature.getThreshold(), feature.getUnit()));
        }
        if (feature.getQuantile() != null && withRank) {
            notes.add(Figures.rank(feature.getQuantile()));
        }
        return notes.isEmpty() ? clause : clause + " (" + String.join(", ", notes) + ")";
    }

    private static String named(FeatureValue feature) {
        String name = feature.getName().replace('_', ' ');
        String value = Figures.value(feature.getValue(), feature.getUnit());
        return value.endsWith(name) ? value : name + " " + value;
    }

    private static String company(String entityType, long accounts) {
        if (entityType.equals("campaign")) {
            return accounts == 1 ? "It has 1 account." : "It has " + Figures.count(accounts) + " accounts.";
        }
        return accounts == 1
                ? "1 other account shares link keys with it."
                : Figures.count(accounts) + " other accounts share link keys with it.";
    }

    private static String capitalised(String text) {
        int first = text.codePointAt(0);
        return new StringBuilder()
                .appendCodePoint(Character.toUpperCase(first))
                .append(text, Character.charCount(first), text.length())
                .toString();
    }
}
