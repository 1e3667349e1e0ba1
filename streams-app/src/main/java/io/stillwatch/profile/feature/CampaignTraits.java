package io.stillwatch.profile.feature;

/**
 * What a campaign is like as a group of accounts, beside its profile. NaN stands for what cannot be told.
 *
 * @param accounts members that made such requests; count
 * @param newAccounts share of the members that were signed up for less than a month when first seen; 0 to 1
 * @param loadSpread coefficient of variation of the members' requests: 0 when all made equally many, about 1 and more for
 *     people
 * @param sharedPrompts share of the members' different prompts that other members sent as well; 0 to 1
 * @param exchangeability variance of prompts between members over that within them (the F ratio of Fisher's analysis of
 *     variance): about 1 when prompts were dealt out to members at random, more when each has subjects of its own
 * @param promptStock prompts that people would have to choose from, at least, to ask the same as rarely as the members do
 *     ({@link io.stillwatch.profile.sketch.CommonPrompts}): hundreds to thousands for people who use one thing, without
 *     bound for work that is dealt out
 * @param sharedKinds kinds of link keys that a member shares with others, on average
 * @param sharedInfrastructure share of the members that share a payment, network or sign-up token; 0 to 1
 * @param alikeWork share of the members that are tied by their work; 0 to 1
 * @param tiedByKeys 1 where link keys tie the members, 0 where the work alone does: it was chosen for being alike
 * @param lockstep how many times as often as the hour explains two members were active in the same minute, lower limit; 1 and
 *     less by chance
 * @param turnTaking how many times as often as by chance the requests of two members take turns; 1 by chance, less for
 *     people in sittings, towards 2 for work that is dealt out in turn
 * @param handovers share of the members that began when another stopped, beyond chance; 0 to 1
 */
public record CampaignTraits(
        double accounts,
        double newAccounts,
        double loadSpread,
        double sharedPrompts,
        double exchangeability,
        double promptStock,
        double sharedKinds,
        double sharedInfrastructure,
        double alikeWork,
        double tiedByKeys,
        double lockstep,
        double turnTaking,
        double handovers) {}
