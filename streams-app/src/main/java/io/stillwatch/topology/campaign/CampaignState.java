package io.stillwatch.topology.campaign;

import io.stillwatch.account.ShadowMemory;
import io.stillwatch.account.StoredAlert;
import io.stillwatch.alert.AlertMemory;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;

/**
 * What is kept of a group of accounts between two looks: how large it was, and its alert once it is a campaign.
 *
 * <pre>
 *  accounts   members at the last look
 *  requests   their requests at the last look
 *  alert      1, then the alert (see StoredAlert); or 0
 *  allowed    1, then the findings that the allowlist keeps from it (see ShadowMemory); or 0
 *  held       1 where it looked like a campaign at the last look; or 0
 * </pre>
 *
 * @param alerts none as long as the group is no campaign
 * @param allowed findings that the allowlist keeps from alerting
 * @param held whether it looked like a campaign at the last look
 */
public record CampaignState(long accounts, long requests, AlertMemory alerts, ShadowMemory allowed, boolean held) {
    private static final double GROWTH = 1.1;

    /** From so many accounts on a look is dear, and what it tells changes slowly. */
    private static final long LARGE = 500;

    private static final double GROWTH_OF_LARGE = 1.25;

    /** Never looked at. */
    static CampaignState none() {
        return of(0, 0);
    }

    /** A group without an alert. */
    public static CampaignState of(long accounts, long requests) {
        return new CampaignState(accounts, requests, AlertMemory.NONE, ShadowMemory.NONE, false);
    }

    public CampaignState with(AlertMemory other) {
        return new CampaignState(accounts, requests, other, allowed, held);
    }

    public CampaignState with(ShadowMemory other) {
        return new CampaignState(accounts, requests, alerts, other, held);
    }

    /**
     * A group tied by its work alone that looks like a campaign for the first time: with few prompts sent, what is alike at
     * one look may not be so at the next, so it is told of when it holds again.
     */
    static CampaignState waiting(long accounts, long requests) {
        return new CampaignState(accounts, requests, AlertMemory.NONE, ShadowMemory.NONE, true);
    }

    /** Whether anybody was ever told of it. */
    boolean told() {
        return !alerts.isEmpty() || !allowed.isEmpty();
    }

    /** Whether it waits to be seen once more before it is told of. */
    boolean waits() {
        return held && !told();
    }

    /** Whether a group has changed enough for another look. */
    boolean outgrownBy(long nowAccounts, long nowRequests) {
        double growth = accounts < LARGE ? GROWTH : GROWTH_OF_LARGE;
        return nowAccounts >= accounts * growth || nowAccounts * growth <= accounts || nowRequests >= requests * growth;
    }

    public byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeUnsigned(accounts);
        out.writeUnsigned(requests);
        out.writeByte(alerts.isEmpty() ? 0 : 1);
        if (!alerts.isEmpty()) {
            StoredAlert.write(alerts, out);
        }
        out.writeByte(allowed.isEmpty() ? 0 : 1);
        if (!allowed.isEmpty()) {
            allowed.write(out);
        }
        out.writeByte(held ? 1 : 0);
        return out.toByteArray();
    }

    public static CampaignState decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        return new CampaignState(
                in.readUnsigned(),
                in.readUnsigned(),
                in.readByte() == 1 ? StoredAlert.read(in) : AlertMemory.NONE,
                in.readByte() == 1 ? ShadowMemory.read(in) : ShadowMemory.NONE,
                in.readByte() == 1);
    }
}
