package io.stillwatch.replay;

import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the campaigns off the topics of their members and of alerts. */
public final class CampaignReader {
    private CampaignReader() {}

    /**
     * What the topics say.
     *
     * @param byId all campaigns, also those that are over
     * @param unreadable records of the topic of members that say of no account that it is a member; count
     */
    public record Found(SortedMap<String, KnownCampaign> byId, int unreadable) {}

    /**
     * What the topic of members says.
     *
     * @param readable all members of any campaign, in no order
     * @param unreadable records that say of no account that it is a member; count
     */
    public record Members(List<CampaignMember> readable, int unreadable) {}

    /**
     * Reads both topics to their ends; nothing where there are none.
     *
     * @throws SerializationException where an alert cannot be read
     */
    public static Found read(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        Members members = members(topics, serdes, clientProperties);
        return new Found(
                KnownCampaign.byId(alerts(topics, serdes, clientProperties), members.readable()), members.unreadable());
    }

    /** Reads the topic of members to its end; nothing where there is none. */
    public static Members members(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        Deserializer<CampaignMember> deserializer =
                serdes.serde(CampaignMember.class).deserializer();
        List<CampaignMember> members = new ArrayList<>();
        Map<String, byte[]> newest = CompactedTopic.newest(topics.campaigns(), key -> true, clientProperties);
        newest.forEach((key, bytes) -> {
            try {
                CampaignMember member = deserializer.deserialize(topics.campaigns(), bytes);
                if (key.equals(member.getCampaignId() + "/" + member.getAccountId())) {
                    members.add(member);
                }
            } catch (SerializationException e) {
                // Counted below: it is missing among the members.
            }
        });
        return new Members(members, newest.size() - members.size());
    }

    /** Read after the members: both are written together, so no member is without the alert that tells of it. */
    private static List<Alert> alerts(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (AlertFollower follower = AlertFollower.of(
                topics, serdes, properties, step -> step.getEntityType().equals(EntityType.CAMPAIGN))) {
            follower.catchUp();
            return follower.steps();
        }
    }
}
