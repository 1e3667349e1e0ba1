package io.stillwatch.campaign;

import io.stillwatch.profile.Part;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.feature.CampaignTraits;
import io.stillwatch.profile.sketch.CommonPrompts;
import io.stillwatch.profile.sketch.PromptMean;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's profile, the merge of its members' profiles, with what only the members one by one can tell. The order in
 * which members come does not matter but for rounding. Mutable and not thread-safe.
 */
public final class Gathering {
    private final boolean byKeys;
    private final StrandedProfile profile = new StrandedProfile();
    private final Map<Part, Sums> sums = new HashMap<>();
    private final Synchrony synchrony = new Synchrony();
    private Synchrony.@Nullable Found inTime;

    /** What the traits of a part are computed from. */
    private static final class Sums {
        private final double[] total = new double[PromptMean.DIMENSIONS];
        private int accounts;
        private int agesKnown;
        private int established;
        private int sharingInfrastructure;
        private int working;
        private final CommonPrompts common = new CommonPrompts();
        private double kinds;
        private double requests;
        private double squaredRequests;
        private double distinct;
        private double prompts;
        private int prompted;
        private double squaredMeans;
        private double squaredNorms;
    }

    /**
     * Starts with nobody.
     *
     * @param byKeys whether keys tie the members, and not the work alone
     */
    public Gathering(boolean byKeys) {
        this.byKeys = byKeys;
    }

    /** Takes a member in; its profile is left as it is. */
    public void add(Member member, StrandedProfile itsProfile) {
        profile.merge(itsProfile);
        synchrony.add(itsProfile.whole().active(), member.firstMs());
        inTime = null;
        for (Part part : Part.all()) {
            part.of(itsProfile)
                    .ifPresent(strand -> add(sums.computeIfAbsent(part, unused -> new Sums()), member, strand));
        }
    }

    private static void add(Sums sums, Member member, Profile strand) {
        double requests = strand.requests();
        sums.accounts++;
        sums.agesKnown += member.established().isPresent() ? 1 : 0;
        sums.established += member.established().orElse(false) ? 1 : 0;
        sums.sharingInfrastructure += member.sharesInfrastructure() ? 1 : 0;
        sums.working += member.shared().containsKey(LinkKind.WORK) ? 1 : 0;
        sums.kinds += member.shared().keySet().stream()
                .filter(kind -> kind != LinkKind.WORK)
                .count();
        strand.addPromptsTo(sums.common);
        sums.requests += requests;
        sums.squaredRequests += requests * requests;
        sums.distinct += strand.distinctPrompts();
        strand.promptMean().ifPresent(mean -> add(sums, mean));
    }

    private static void add(Sums sums, PromptMean mean) {
        sums.prompted++;
        sums.prompts += mean.prompts();
        sums.squaredNorms += mean.prompts() * mean.squaredNorm();
        for (int d = 0; d < PromptMean.DIMENSIONS; d++) {
            sums.total[d] += mean.prompts() * mean.at(d);
            sums.squaredMeans += mean.prompts() * mean.at(d) * mean.at(d);
        }
    }

    /** The campaign's profile; not to be changed. */
    public StrandedProfile profile() {
        return profile;
    }

    /** What members sent in common, of all requests. */
    public CommonPrompts.Found commonPrompts() {
        return sums.getOrDefault(Part.WHOLE, new Sums()).common.count();
    }

    /** How members act together in time, of all requests. */
    Synchrony.Found inTime() {
        Synchrony.Found found = inTime == null ? synchrony.count() : inTime;
        inTime = found;
        return found;
    }

    /** What the campaign is like as a group, of the requests of a part; all NaN when there are none. */
    public CampaignTraits traits(Part part) {
        Sums of = sums.getOrDefault(part, new Sums());
        double union = part.of(profile).map(Profile::distinctPrompts).orElse(0.0);
        double mean = of.requests / of.accounts;
        return new CampaignTraits(
                of.accounts,
                1 - (double) of.established / of.agesKnown,
                Math.sqrt(Math.max(0, of.squaredRequests / of.accounts - mean * mean)) / mean,
                of.distinct == 0 ? Double.NaN : Math.max(0, 1 - union / of.distinct),
                exchangeability(of),
                of.common.count().stock(),
                of.kinds / of.accounts,
                (double) of.sharingInfrastructure / of.accounts,
                (double) of.working / of.accounts,
                byKeys ? 1 : 0,
                inTime().lockstep(),
                inTime().turns(),
                inTime().handovers() / of.accounts);
    }

    private static double exchangeability(Sums of) {
        double squaredTotal = 0;
        for (double component : of.total) {
            squaredTotal += component * component;
        }
        double between = (of.squaredMeans - squaredTotal / of.prompts) / (of.prompted - 1.0);
        double within = (of.squaredNorms - of.squaredMeans) / (of.prompts - of.prompted);
        return of.prompted < 2 || of.prompts <= of.prompted ? Double.NaN : between / within;
    }
}
