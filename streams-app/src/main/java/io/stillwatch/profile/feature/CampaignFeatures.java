package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.COUNT;
import static io.stillwatch.profile.feature.FeatureUnit.RATIO;
import static io.stillwatch.profile.feature.FeatureUnit.SHARE;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;
import static io.stillwatch.profile.feature.Formulas.DISTINCT;
import static io.stillwatch.profile.feature.Formulas.NON_NEGATIVE;
import static io.stillwatch.profile.feature.Formulas.UNIT_RANGE;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a campaign is like as a group of accounts. */
final class CampaignFeatures {
    private CampaignFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(trait(
                "campaign_accounts",
                COUNT,
                NON_NEGATIVE,
                "Accounts of the campaign that made such requests; no value for an account.",
                DEFINITION,
                "{} accounts",
                CampaignTraits::accounts));
        list.add(trait(
                "new_accounts_share",
                SHARE,
                UNIT_RANGE,
                "Share of the campaign's accounts that had been signed up for less than a month when first seen; no value"
                        + " for an account or where sign-up times are unknown.",
                DEFINITION,
                "{} of the accounts new",
                CampaignTraits::newAccounts));
        list.add(trait(
                "load_spread",
                RATIO,
                NON_NEGATIVE,
                "How unevenly the requests are spread over the campaign's accounts: standard deviation over mean; about 1"
                        + " and more for people, 0 for work that is dealt out in turn. No value for an account.",
                "Coefficient of variation (Pearson 1896)",
                "requests spread over the accounts with a variation of {}",
                CampaignTraits::loadSpread));
        list.add(trait(
                "shared_prompts_share",
                SHARE,
                UNIT_RANGE,
                "Share of the accounts' different prompts that another account of the campaign sent as well: near 0 when the"
                        + " accounts work off one queue, higher for users of one product. No value for an account.",
                "Different prompts of the union over the sum of the accounts' ones; " + DISTINCT,
                "{} of the prompts sent by more than one account",
                CampaignTraits::sharedPrompts));
        list.add(trait(
                "exchangeability",
                RATIO,
                NON_NEGATIVE,
                "Variance of the prompts between the campaign's accounts over that within them: about 1 when prompts were"
                        + " dealt out at random, more when every account has its own subjects. No value for an account.",
                "F ratio of the analysis of variance (Fisher 1925), traces of the covariances of embeddings",
                "subjects differ between the accounts {} times as much as by chance",
                CampaignTraits::exchangeability));
        list.add(trait(
                "prompt_stock",
                COUNT,
                NON_NEGATIVE,
                "Prompts that people would have to choose from, at least, to ask the same as rarely as the campaign's"
                        + " accounts do: hundreds to thousands for people who use one thing, more and more for work that"
                        + " is dealt out, no prompt twice. No value for an account.",
                "Repeat rate of two draws (Simpson 1949) over coordinated samples of prompts, lower limit at 95 %",
                "the same prompt asked as rarely as of {} to choose from",
                CampaignTraits::promptStock));
        list.add(trait(
                "shared_kinds",
                COUNT,
                "[0, 8]",
                "Kinds of link keys (payment, network, sign-up, TLS, client, instructions, template, parameters) that an"
                        + " account of the campaign shares with others, on average. No value for an account.",
                DEFINITION,
                "{} kinds of link keys shared by an account",
                CampaignTraits::sharedKinds));
        list.add(trait(
                "shared_infrastructure_share",
                SHARE,
                UNIT_RANGE,
                "Share of the campaign's accounts that share a payment, network or sign-up token with another one. No value"
                        + " for an account.",
                DEFINITION,
                "{} of the accounts share infrastructure",
                CampaignTraits::sharedInfrastructure));
        list.add(trait(
                "alike_work_share",
                SHARE,
                UNIT_RANGE,
                "Share of the campaign's accounts whose prompts may well come from one source; no value for an account.",
                "Probabilistic linear discriminant analysis of mean embeddings (Ioffe 2006)",
                "{} of the accounts work alike",
                CampaignTraits::alikeWork));
        list.add(trait(
                "tied_by_keys",
                SHARE,
                UNIT_RANGE,
                "1 where link keys tie the campaign's accounts, 0 where their work alone does, which makes them alike by choice;"
                        + " no value for an account.",
                DEFINITION,
                "{} tied by link keys",
                CampaignTraits::tiedByKeys));
        list.add(trait(
                "lockstep",
                RATIO,
                NON_NEGATIVE,
                "How many times as often as the hours explain two of the campaign's accounts were active in the same minute, at"
                        + " least: about 1 for accounts that have nothing to do with each other, many times that for work"
                        + " that is dealt out in rounds. The fifth of the hours in which it was most so is left out, as in"
                        + " an outage everybody retries, and what is done at the same minute of every hour is explained. No"
                        + " value for an account.",
                "Coincidences of active minutes within hours against those of different hours, lower limit at 95 %; the"
                        + " question is that of SynchroTrap (Cao et al. 2014)",
                "active in the same minutes {} times as often as the hours explain",
                CampaignTraits::lockstep));
        list.add(trait(
                "turn_taking",
                RATIO,
                NON_NEGATIVE,
                "How many times as often as by chance a request of one account is followed by one of the other, over pairs of"
                        + " the campaign's accounts: less than 1 for people, who come in sittings, 1 for work that is dealt"
                        + " out at random, towards 2 where it is dealt out in turn. No value for an account.",
                "Number of runs of two samples (Wald and Wolfowitz 1940)",
                "accounts take turns {} times as often as by chance",
                CampaignTraits::turnTaking));
        list.add(trait(
                "handovers_share",
                SHARE,
                UNIT_RANGE,
                "Share of the campaign's accounts that made their first request in the minute in which another one stopped, or"
                        + " the next, beyond what chance has: accounts that are used up one after the other. No value for"
                        + " an account.",
                "Matched beginnings and ends against the same with beginnings moved by minutes",
                "{} of the accounts began as another stopped",
                CampaignTraits::handovers));
    }

    private static Feature trait(
            String name,
            FeatureUnit unit,
            String range,
            String meaning,
            String source,
            String clause,
            ToDoubleFunction<CampaignTraits> trait) {
        return new Feature(
                name,
                unit,
                range,
                meaning,
                source,
                clause,
                subject -> subject.comparisons()
                        .campaign()
                        .map(trait::applyAsDouble)
                        .orElse(Double.NaN));
    }
}
