package io.stillwatch.signature;

import java.util.List;

/** What a bank's support bot is asked, and signatures that its traffic meets: one that an enrolment answers, and one on volume. */
public final class BankSupport {
    public static final SignatureSet SIGNATURES = SignatureSet.of(
            List.of(SignatureReader.read("unvouched.yaml", """
            id: unvouched
            version: 1
            title: A test
            severity: low
            window: PT24H
            minimum: 80
            condition: people_evidence <= 2.0
            score: "0.5"
            evidence: [people_evidence]
            """), SignatureReader.read("many.yaml", """
            id: many
            version: 1
            title: Another test
            severity: low
            window: PT24H
            minimum: 160
            condition: requests >= 160
            score: "0.4"
            evidence: [requests]
            """)));

    private static final List<String> THINGS = List.of(
            "card", "cheque", "transfer", "loan", "credit", "invoice", "mortgage", "fee", "refund", "deposit", "PIN");

    private BankSupport() {}

    /** Each another, and all of one subject. */
    public static String prompt(int number) {
        return "Why was my " + THINGS.get(number % THINGS.size()) + " not accepted at the bank counter "
                + 7919L * number + " when I wanted to pay my account's " + THINGS.get(number / 7 % THINGS.size())
                + " with it?";
    }
}
