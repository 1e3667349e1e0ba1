package io.stillwatch.topology.campaign;

import io.stillwatch.baseline.DayLevels;
import io.stillwatch.baseline.EvidenceBasis;
import io.stillwatch.baseline.Reference;
import io.stillwatch.campaign.Gathering;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.feature.CampaignTraits;
import io.stillwatch.profile.feature.Comparisons;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Subject;
import io.stillwatch.profile.feature.WindowedProfiles;
import java.time.Duration;
import java.util.Optional;

/**
 * A campaign's windows: whatever their length, all that is known of its members, which is their last 30 days.
 *
 * @param entity whose signatures read them: those of campaigns, or those of accounts, which tell what is harvested
 * @param startMs the first request, milliseconds since 1970
 * @param endMs event time of the look, milliseconds since 1970
 */
record CampaignWindows(String entity, String id, Gathering gathering, Reference reference, long startMs, long endMs)
        implements WindowedProfiles {
    /** What every window is in truth. */
    static final Duration SPAN = Duration.ofDays(30);

    /** Evidence that adds up over days is about accounts; a campaign is told by what it is today. */
    private static final EvidenceBasis NO_DAYS = new EvidenceBasis(new DayLevels(), 0, 0);

    CampaignWindows readBy(String otherEntity) {
        return new CampaignWindows(otherEntity, id, gathering, reference, startMs, endMs);
    }

    @Override
    public long requests(Duration window) {
        return gathering.profile().requests();
    }

    @Override
    public StrandedProfile profile(Duration window) {
        return gathering.profile();
    }

    @Override
    public Optional<Subject> subject(Duration window, Part part) {
        return part.of(gathering.profile())
                .map(profile -> new Subject(
                        profile,
                        new OfCampaign(
                                reference.of(id, profile, () -> profile, Optional::empty, () -> NO_DAYS),
                                gathering.traits(part))));
    }

    /** What a profile alone can be compared with, and what the members one by one tell. */
    private record OfCampaign(Comparisons others, CampaignTraits traits) implements Comparisons {
        @Override
        public double get(Kind kind) {
            return others.get(kind);
        }

        @Override
        public double quantile(Feature feature, double value) {
            return others.quantile(feature, value);
        }

        @Override
        public Optional<CampaignTraits> campaign() {
            return Optional.of(traits);
        }
    }

    @Override
    public long startMs(Duration window) {
        return startMs;
    }
}
