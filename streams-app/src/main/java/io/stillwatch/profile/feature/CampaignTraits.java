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
 * @param sharedKinds kinds of link keys that a member shares with others, on average
 * @param sharedInfrastructure share of the members that share a payment, network or sign-up token; 0 to 1
 */
public record CampaignTraits(
        double accounts,
        double newAccounts,
        double loadSpread,
        double sharedPrompts,
        double exchangeability,
        double sharedKinds,
        double sharedInfrastructure) {}
