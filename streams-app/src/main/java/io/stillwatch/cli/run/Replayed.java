package io.stillwatch.cli.run;

import io.stillwatch.replay.LossTotals;
import io.stillwatch.replay.SetAside;
import io.stillwatch.replay.report.AlertHours;
import io.stillwatch.runtime.Feed;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import java.util.List;
import java.util.Optional;

/**
 * What came of a replay.
 *
 * @param steps of all alerts' lives, in order
 * @param members of campaigns as they stand at the end
 * @param feed what was read
 * @param accounts in what was read; count
 * @param allRead whether every input could be read to its end
 * @param setAside what the pipeline set aside
 * @param fate what became of the events; empty where it is not known yet
 * @param hours when the alerts' accounts sent their requests; none where no report was asked for
 */
record Replayed(
        List<Alert> steps,
        List<CampaignMember> members,
        Feed feed,
        long accounts,
        boolean allRead,
        SetAside.Tally setAside,
        Optional<LossTotals> fate,
        AlertHours hours) {}
