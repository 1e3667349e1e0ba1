package io.stillwatch.topology;

import io.stillwatch.alert.AlertMemory;
import io.stillwatch.profile.StateReader;
import io.stillwatch.profile.StateWriter;
import java.util.Optional;

/**
 * What is kept of a group of accounts between two looks: how large it was, and its alerts once it is a campaign.
 *
 * <pre>
 *  byte 0     version: 1
 *  accounts   members at the last look
 *  requests   their requests at the last look
 *  opened     alerts opened so far
 *  alert      1, then the open alert (see StoredAlert); or 0
 * </pre>
 *
 * @param alerts none as long as the group is no campaign
 */
record CampaignState(long accounts, long requests, AlertMemory alerts) {
    private static final int VERSION = 1;
    private static final double GROWTH = 1.1;

    /** Never looked at. */
    static final CampaignState NONE = new CampaignState(0, 0, AlertMemory.NONE);

    /** Whether a group has changed enough for another look. */
    boolean outgrownBy(long nowAccounts, long nowRequests) {
        return nowAccounts >= accounts * GROWTH || nowAccounts * GROWTH <= accounts || nowRequests >= requests * GROWTH;
    }

    byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeByte(VERSION);
        out.writeUnsigned(accounts);
        out.writeUnsigned(requests);
        out.writeUnsigned(alerts.opened());
        out.writeByte(alerts.open().isPresent() ? 1 : 0);
        if (alerts.open().isPresent()) {
            StoredAlert.write(alerts, out);
        }
        return out.toByteArray();
    }

    static CampaignState decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        in.readByte();
        long accounts = in.readUnsigned();
        long requests = in.readUnsigned();
        long opened = in.readUnsigned();
        return new CampaignState(
                accounts,
                requests,
                in.readByte() == 1 ? StoredAlert.read(opened, in) : new AlertMemory(opened, Optional.empty(), 0));
    }
}
