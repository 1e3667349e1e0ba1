package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.COSINE;
import static io.stillwatch.profile.feature.FeatureUnit.COUNT;
import static io.stillwatch.profile.feature.FeatureUnit.RATIO;
import static io.stillwatch.profile.feature.Formulas.NON_NEGATIVE;
import static io.stillwatch.profile.feature.Formulas.SAMPLED;
import static io.stillwatch.profile.feature.Formulas.share;

import io.stillwatch.profile.Count;
import io.stillwatch.profile.sketch.Kinship.Pairs;
import java.util.List;

/** Whether the traffic shows people behind it, or contradicts what it claims. */
final class PeopleFeatures {
    private PeopleFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(new Feature(
                "people_evidence",
                RATIO,
                "[-5, 18]",
                "How strongly the traffic itself shows that people, or a product that people use, stand behind it: the sum"
                        + " of weights for kinship in time and by end user, turns that tokens bear out, recurring prompts,"
                        + " typing and rest, and for what an enrolment holds; 0 where nothing is seen, below 0 where what is claimed is contradicted.",
                "Weights of evidence (Good 1985), each cut; docs/claims.md",
                "evidence of people behind it {}, where people who share a key reach 2 to 5",
                subject -> PeopleEvidence.of(subject).total()));
        list.add(new Feature(
                "order_kinship",
                COSINE,
                "[-1, 1]",
                "How much more alike two prompts are that were sent two to twenty requests apart than any two, less what is"
                        + " left of that forty and more apart: 0 for a shuffled queue, 0.01 to 0.2 for people who share a key.",
                "Autocorrelation of centred embeddings (Box and Jenkins 1970)",
                "neighbouring prompts are more alike than any two by {}",
                PeopleEvidence::orderKinship));
        list.add(new Feature(
                "corpus_order",
                COSINE,
                "[-1, 1]",
                "How much more alike prompts are that were sent forty to sixty-three requests apart than any two, beyond"
                        + " chance: above 0.05 for a corpus that is read in its order.",
                "Autocorrelation of centred embeddings (Box and Jenkins 1970)",
                "prompts far apart are still alike by {}",
                PeopleEvidence::farKinship));
        list.add(new Feature(
                "user_kinship",
                COSINE,
                "[-1, 1]",
                "How much more alike two prompts in a row of one end user are than any two, for a sample of 16 end users: 0"
                        + " where the ids were made up, 0.05 and more for people. No value where no end user is named twice.",
                "Intraclass correlation of centred embeddings (Fisher 1925)",
                "prompts of one end user are more alike than any two by {}",
                subject -> PeopleEvidence.kinship(subject, Pairs.USER)));
        list.add(share(
                "borne_turn_share",
                Count.BORNE_TURNS,
                "Share of requests whose input tokens bear out that earlier turns were sent along.",
                "{} follow an earlier turn, as their tokens show"));
        list.add(share(
                "plausible_turn_share",
                Count.PLAUSIBLE_TURNS,
                "Share of requests with room in their input for the earlier turns that they claim, of conversations that are"
                        + " not known.",
                "{} may follow an earlier turn"));
        list.add(share(
                "contradicted_turn_share",
                Count.CONTRADICTED_TURNS,
                "Share of requests that claim to follow earlier turns which their input tokens have no room for.",
                "{} claim turns that never happened"));
        list.add(share(
                "recent_repeat_share",
                Count.RECENT_REPEATS,
                "Share of requests whose prompt was sent within the eight requests before.",
                "{} repeat a prompt sent just before"));
        list.add(Feature.ofProfile(
                "colliding_ids",
                COUNT,
                NON_NEGATIVE,
                "Requests whose event id had come before with other content, for the eight ids of the account with the smallest"
                        + " hashes: none where each request has an id of its own; 8 in N requests where ids are dealt from a"
                        + " list of N. Not before the account's sixteenth request.",
                SAMPLED,
                "{} of a sample came under an event id that another request had before",
                profile -> profile.count(Count.COLLIDING_IDS)));
        list.add(share(
                "called_tools_share",
                Count.CALLED_TOOLS,
                "Share of answers that call a tool.",
                "{} of the answers call a tool"));
        list.add(share(
                "extraction_refused_share",
                Count.REFUSED_EXTRACTION,
                "Share of requests that the provider itself refused as extraction of reasoning or of a frontier model.",
                "{} refused by the provider as extraction"));
    }
}
