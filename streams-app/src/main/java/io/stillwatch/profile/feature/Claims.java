package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.RequestField.Writer.CALLER;
import static io.stillwatch.profile.feature.RequestField.Writer.CALLER_AT_A_PRICE;
import static io.stillwatch.profile.feature.RequestField.Writer.PROVIDER;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which fields of a request event are claims and which are evidence: no condition of a signature may ask for a claim as it
 * is written. {@code docs/claims.md} is generated from this.
 */
public final class Claims {
    private static final List<RequestField> FIELDS = List.of(
            new RequestField(
                    "event_id",
                    CALLER,
                    "nothing, where the gateway takes the caller's",
                    "a repetition has the same id, the same content and about the same time; `colliding_ids`: different requests under"
                            + " one id",
                    List.of("duplicate_requests")),
            new RequestField(
                    "event_time, account_id, organization_id, api_key_id, account_created",
                    PROVIDER,
                    "an account",
                    "the gateway's own clock and accounts",
                    List.of()),
            new RequestField(
                    "end_user_id",
                    CALLER,
                    "nothing",
                    "`user_kinship`: requests of one person belong together",
                    List.of("end_user_share", "distinct_end_users")),
            new RequestField(
                    "conversation_id, turn, messages",
                    CALLER,
                    "nothing",
                    "`borne_turn_share`, `contradicted_turn_share`: the tokens of what was said before",
                    List.of(
                            "single_turn_share",
                            "conversation_share",
                            "turns_per_conversation",
                            "distinct_conversations")),
            new RequestField(
                    "system",
                    CALLER,
                    "a few tokens a request, fewer when cached",
                    "what is asked: a product's prompts keep to its subject",
                    List.of("system_share", "distinct_systems")),
            new RequestField(
                    "tools, tools_hash",
                    CALLER,
                    "a few tokens a request",
                    "`called_tools_share`: answers that call one",
                    List.of("tools_share", "distinct_tool_sets")),
            new RequestField("stream", CALLER, "nothing", "nothing", List.of("stream_share")),
            new RequestField(
                    "temperature, top_p",
                    CALLER,
                    "nothing",
                    "nothing",
                    List.of("temperature_mean", "temperature_set_share", "temperature_zero_share")),
            new RequestField(
                    "max_tokens, stop",
                    CALLER,
                    "nothing",
                    "the lengths of the answers",
                    List.of(
                            "limit_set_share",
                            "limit_tiny_share",
                            "limit_large_share",
                            "limit_hit_share",
                            "stop_share")),
            new RequestField(
                    "links.client", CALLER, "nothing", "other link keys of a campaign", List.of("distinct_clients")),
            new RequestField(
                    "logprobs, top_logprobs, n",
                    CALLER_AT_A_PRICE,
                    "the harvest, if they are left out",
                    "the answer holds them, and several answers are billed",
                    List.of("logprobs_share", "several_samples_share", "samples_per_request")),
            new RequestField(
                    "prompt",
                    CALLER_AT_A_PRICE,
                    "what the answers are worth, if it is another one; tokens, if it is repeated",
                    "`order_kinship`, recurrence, wording and shape",
                    List.of()),
            new RequestField(
                    "model",
                    CALLER_AT_A_PRICE,
                    "answers of another model",
                    "the provider bills it",
                    List.of("new_model_share", "distinct_models")),
            new RequestField(
                    "links.network, links.payment, links.signup, links.tls",
                    CALLER_AT_A_PRICE,
                    "cents to dollars each",
                    "the provider's own records",
                    List.of("distinct_networks")),
            new RequestField(
                    "input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, finish_reason, status,"
                            + " duration_ms, refusal_category, error_code",
                    PROVIDER,
                    "tokens",
                    "the provider counts them",
                    List.of()));

    private Claims() {}

    /** Names of the features that read a claim as the caller wrote it. */
    public static Set<String> features() {
        return FIELDS.stream()
                .filter(RequestField::isClaim)
                .flatMap(field -> field.features().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The whole of {@code docs/claims.md}. */
    static String markdown() {
        StringBuilder text = new StringBuilder("""
                # Claims and evidence

                A field that the caller writes for nothing is a **claim**. What the provider measures, or what costs the
                caller something to write otherwise, is **evidence**. No condition of a signature that ships asks for a claim
                as it is written (`ConditionsTest` reads them all); claims are weighed against the traffic, and all signatures
                read the sum: `people_evidence`. This page is generated from the code (`Claims`).

                | field | who writes it | what it costs to write it otherwise | what bears it out | features that read it as written |
                |---|---|---|---|---|
                """);
        for (RequestField field : FIELDS) {
            text.append("| ")
                    .append(field.names())
                    .append(" | ")
                    .append(field.writer().label())
                    .append(" | ")
                    .append(field.cost())
                    .append(" | ")
                    .append(field.borneOutBy())
                    .append(" | ")
                    .append(field.features().stream()
                            .map(name -> "`" + name + "`")
                            .collect(Collectors.joining(", ")))
                    .append(" |\n");
        }
        return text.append("""

                ## What `people_evidence` adds up

                Each weight is about the natural logarithm of how many times likelier the traffic is of people than of a
                script, and each is cut, so that none decides alone.

                | weight | for people | against | what it costs to fake |
                |---|---|---|---|
                | order: prompts near in time are alike, less so the farther apart | up to 3 | -0.5 | sorting the queue by subject, in the rhythm of talks |
                | users: prompts of one end user belong together | 1.2 | -1.5 where ids are surely made up | dealing the queue out by subject |
                | turns: tokens bear out the turns that are claimed | up to 3 | up to -3 | the tokens of real histories |
                | recurrence: some prompts come again far more often than others | up to 2.5 | 0 | the tokens of the repetitions |
                | typing: prompts open with small letters | up to 1.25 | 0 | nothing, so it weighs little |
                | rest: a person's hours and pace | 0.75 | 0 | time |
                | vouched: the operator enrolled the account, and it asks what its enrolment holds | up to 6 | 0, and none for what looks like known kits | the operator's word |

                Real help channels that share one key reach 2 to 5, a shuffled queue -0.5, a queue with made-up users and
                turns -2 to -5. What cannot be told: people by the thousand behind one key, whose talks lie so close that
                neighbours have nothing to do with each other; they are vouched for by end users or by what recurs, or a
                low alert asks the owner. A harvest whose queue is dealt out by subject reaches as much as people do, and is
                found by what it asks for alone.
                """).toString();
    }
}
