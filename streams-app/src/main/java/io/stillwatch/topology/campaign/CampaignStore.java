package io.stillwatch.topology.campaign;

import io.stillwatch.campaign.CampaignBook;
import io.stillwatch.campaign.LinkIndex;
import io.stillwatch.campaign.LinkKey;
import io.stillwatch.campaign.LinkKind;
import io.stillwatch.campaign.LinkedAccount;
import io.stillwatch.campaign.SourceClocks;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.StrandedProfileCodec;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.serde.RegistryUnavailableException;
import io.stillwatch.topology.state.Changelogs;
import io.stillwatch.topology.state.Durability;
import io.stillwatch.topology.state.SignatureRevisions;
import io.stillwatch.topology.state.StateOrigin;
import io.stillwatch.topology.state.StoredFormat;
import io.stillwatch.topology.topics.StoreNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * All that is stored about campaigns, in two key-value stores: what each account shares and its profile; and, by a letter
 * before the key, the number of the format (F), the time (T), how far orders have been taken (O), the rules that all groups
 * have been looked at with (S), where the state comes from (W), what waits to be known (P, {@link Arrivals}), the groups that
 * are no campaigns (G), campaigns (C) and their members (M).
 *
 * <p>What the looks go through, {@link LinkIndex} and {@link CampaignBook}, is kept in memory beside and made again from
 * the stores after a restart.
 */
public final class CampaignStore {
    public static final String LINKS = "campaign-links";

    private static final String FORMAT = "F";
    private static final String TIME = "T";
    private static final String ORDERS = "O";
    private static final String LOOKED_WITH = "S";
    private static final String ORIGIN = "W";
    private static final String GROUP = "G";
    private static final String CAMPAIGN = "C";
    private static final String MEMBER = "M";
    private static final char SEPARATOR = '/';

    private final KeyValueStore<String, byte[]> links;
    private final KeyValueStore<String, byte[]> campaigns;
    private final Deserializer<AccountLinks> deserializer;
    private final int partitions;

    CampaignStore(
            KeyValueStore<String, byte[]> links,
            KeyValueStore<String, byte[]> campaigns,
            Deserializer<AccountLinks> deserializer,
            int partitions) {
        this.links = links;
        this.campaigns = campaigns;
        this.deserializer = deserializer;
        this.partitions = partitions;
    }

    /** The newest record of each account that all partitions have come as far as, as it came. */
    public static StoreBuilder<KeyValueStore<String, byte[]>> links(Durability keeping) {
        return logged(LINKS, keeping);
    }

    public static StoreBuilder<KeyValueStore<String, byte[]>> campaigns(Durability keeping) {
        return logged(StoreNames.CAMPAIGNS, keeping);
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> logged(String name, Durability keeping) {
        StoreBuilder<KeyValueStore<String, byte[]>> builder = builder(name, keeping);
        return keeping.durable()
                ? builder.withCachingEnabled().withLoggingEnabled(Changelogs.ofAccounts())
                : builder.withLoggingDisabled();
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name, Durability keeping) {
        return Stores.keyValueStoreBuilder(
                keeping.durable() ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name),
                Serdes.String(),
                Serdes.ByteArray());
    }

    /** Makes sure that what is stored is in the format that is read here. */
    void checkFormat() {
        StoredFormat.check(campaigns, FORMAT).ifPresent(number -> campaigns.put(FORMAT, number));
    }

    CampaignTime time() {
        byte[] bytes = campaigns.get(TIME);
        return bytes == null ? new CampaignTime(partitions) : CampaignTime.decode(bytes, partitions);
    }

    void put(CampaignTime time) {
        campaigns.put(TIME, time.encode());
    }

    /** How far analysts' orders have been taken: the offset of the last one; -1 for none. */
    long ordersTaken() {
        byte[] bytes = campaigns.get(ORDERS);
        return bytes == null ? -1 : new StateReader(bytes).readSigned();
    }

    void setOrdersTaken(long offset) {
        StateWriter out = new StateWriter();
        out.writeSigned(offset);
        campaigns.put(ORDERS, out.toByteArray());
    }

    /** The signatures and entries of the allowlist, by revision, that all groups have been looked at with. */
    Optional<Map<String, Long>> lookedWith() {
        return Optional.ofNullable(campaigns.get(LOOKED_WITH)).map(SignatureRevisions::decode);
    }

    void setLookedWith(Map<String, Long> revisions) {
        campaigns.put(LOOKED_WITH, SignatureRevisions.encode(revisions));
    }

    /** Where the state comes from, as {@link StateOrigin} writes it; null where it has just begun. */
    byte[] origin() {
        return campaigns.get(ORIGIN);
    }

    void setOrigin(byte[] origin) {
        campaigns.put(ORIGIN, origin);
    }

    /** What waits until all partitions have come as far. */
    Arrivals arrivals() {
        return new Arrivals(campaigns);
    }

    /** Keeps the newest record of an account, as it came. */
    void putLinks(String account, byte[] record) {
        links.put(account, record);
    }

    void forget(String account) {
        links.delete(account);
    }

    /** Fills an index from what is stored. */
    LinkIndex index() {
        LinkIndex index = new LinkIndex();
        try (KeyValueIterator<String, byte[]> all = links.all()) {
            while (all.hasNext()) {
                readable(all.next().value)
                        .filter(CampaignStore::tellsOfAnAccount)
                        .flatMap(CampaignStore::usable)
                        .ifPresent(index::put);
            }
        }
        return index;
    }

    /** What an account shares; empty when it has been forgotten. */
    public Optional<AccountLinks> links(String account) {
        return Optional.ofNullable(links.get(account)).flatMap(this::readable).filter(CampaignStore::tellsOfAnAccount);
    }

    /** The profile of an account; empty when it has been forgotten. */
    Optional<StrandedProfile> profile(String account) {
        return links(account).flatMap(found -> {
            try {
                return Optional.of(profile(found));
            } catch (RuntimeException unusable) {
                return Optional.empty();
            }
        });
    }

    /** Whether it is about an account, and not only about how far a partition's time has come. */
    static boolean tellsOfAnAccount(AccountLinks links) {
        return links.getAccountId() != null;
    }

    /** What could not be read was set aside when it came. */
    private Optional<AccountLinks> readable(byte[] bytes) {
        try {
            return Optional.of(decode(bytes));
        } catch (RegistryUnavailableException unavailable) {
            throw unavailable;
        } catch (SerializationException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Reads a record of the links topic.
     *
     * @throws SerializationException where it cannot be read
     */
    AccountLinks decode(byte[] bytes) {
        AccountLinks links = deserializer.deserialize(LINKS, bytes);
        if (links.getPartition() < 0 || links.getPartition() >= partitions) {
            throw new SerializationException("What the record says of an account cannot be: there is no partition "
                    + links.getPartition() + " of the requests topic, which has " + partitions + ".");
        }
        return links;
    }

    private static StrandedProfile profile(AccountLinks account) {
        return StrandedProfileCodec.decode(encodedProfile(account));
    }

    private static byte[] encodedProfile(AccountLinks account) {
        ByteBuffer buffer = account.getProfile().duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** When it was told of, by its partition's clock: its own stamps may be years off. */
    private static long told(AccountLinks account) {
        return account.getClock() == SourceClocks.UNKNOWN ? account.getLastEventTime() : account.getClock();
    }

    private static Optional<LinkedAccount> usable(AccountLinks account) {
        try {
            return Optional.of(linked(account));
        } catch (SerializationException unusable) {
            return Optional.empty();
        }
    }

    /**
     * What an account shares, as it is grouped by.
     *
     * @throws SerializationException where the record is well formed and says what cannot be
     */
    static LinkedAccount linked(AccountLinks account) {
        try {
            return linkedOf(account);
        } catch (RuntimeException unusable) {
            throw new SerializationException(
                    "What the record says of an account cannot be: " + unusable.getMessage(), unusable);
        }
    }

    private static LinkedAccount linkedOf(AccountLinks account) {
        List<LinkKey> keys = new ArrayList<>(account.getKeys().size());
        for (io.stillwatch.schema.LinkKey key : account.getKeys()) {
            LinkKind.named(key.getKind())
                    .ifPresent(kind -> keys.add(new LinkKey(kind, key.getHash(), key.getRequests())));
        }
        return new LinkedAccount(
                account.getAccountId(),
                account.getPartition(),
                account.getAccountCreated() == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(account.getAccountCreated()),
                account.getFirstEventTime(),
                told(account),
                account.getRequests(),
                account.getOutputTokens(),
                keys,
                StrandedProfileCodec.promptMean(encodedProfile(account)));
    }

    /** Fills a book from what is stored. */
    CampaignBook book() {
        CampaignBook book = new CampaignBook();
        try (KeyValueIterator<String, byte[]> all = campaigns.range(MEMBER, MEMBER + Character.MAX_VALUE)) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                int separator = entry.key.indexOf(SEPARATOR);
                book.enter(entry.key.substring(1, separator), entry.key.substring(separator + 1));
            }
        }
        return book;
    }

    /** What was last said of a member; empty when nothing was. */
    Optional<MemberMemory> member(String campaign, String account) {
        return Optional.ofNullable(campaigns.get(memberKey(campaign, account))).map(MemberMemory::decode);
    }

    void putMember(String campaign, String account, MemberMemory memory) {
        campaigns.put(memberKey(campaign, account), memory.encode());
    }

    void forgetMember(String campaign, String account) {
        campaigns.delete(memberKey(campaign, account));
    }

    private static String memberKey(String campaign, String account) {
        return MEMBER + campaign + SEPARATOR + account;
    }

    /** A group that is no campaign, by the name that it would have as one. */
    CampaignState group(String name) {
        return state(GROUP + name);
    }

    void putGroup(String name, CampaignState state) {
        campaigns.put(GROUP + name, state.encode());
    }

    /** Forgets the groups that are no more, or have become campaigns. */
    void keepGroups(Set<String> names) {
        List<String> over = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = campaigns.range(GROUP, GROUP + Character.MAX_VALUE)) {
            while (all.hasNext()) {
                String key = all.next().key;
                if (!names.contains(key.substring(1))) {
                    over.add(key);
                }
            }
        }
        over.forEach(campaigns::delete);
    }

    CampaignState campaign(String id) {
        return state(CAMPAIGN + id);
    }

    void putCampaign(String id, CampaignState state) {
        campaigns.put(CAMPAIGN + id, state.encode());
    }

    private CampaignState state(String key) {
        byte[] bytes = campaigns.get(key);
        return bytes == null ? CampaignState.none() : CampaignState.decode(bytes);
    }

    void forgetCampaign(String id) {
        campaigns.delete(CAMPAIGN + id);
    }

    /** Ids of campaigns whose alert is open, or would be if it were not for the allowlist. */
    List<String> active() {
        return campaigns(
                state -> state.alerts().open().isPresent() || !state.allowed().isEmpty());
    }

    /** Ids of those that wait to be seen once more. */
    List<String> waiting() {
        return campaigns(CampaignState::waits);
    }

    private List<String> campaigns(Predicate<CampaignState> wanted) {
        List<String> ids = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = campaigns.range(CAMPAIGN, CAMPAIGN + Character.MAX_VALUE)) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                if (wanted.test(CampaignState.decode(entry.value))) {
                    ids.add(entry.key.substring(1));
                }
            }
        }
        return ids;
    }

    /**
     * What was last said of a member.
     *
     * @param joinedMs when it was first found, milliseconds since 1970
     * @param kinds a bit for each kind of link key that it shared
     * @param requests its requests
     * @param told whether it was named; false as long as it was seen only once
     */
    record MemberMemory(long joinedMs, long kinds, long requests, boolean told) {
        private static final int TOLD = 1;
        private static final int SEEN_ONCE = 2;

        byte[] encode() {
            StateWriter out = new StateWriter();
            out.writeByte(told ? TOLD : SEEN_ONCE);
            out.writeSigned(joinedMs);
            out.writeUnsigned(kinds);
            out.writeUnsigned(requests);
            return out.toByteArray();
        }

        static MemberMemory decode(byte[] bytes) {
            StateReader in = new StateReader(bytes);
            boolean told = in.readByte() == TOLD;
            return new MemberMemory(in.readSigned(), in.readUnsigned(), in.readUnsigned(), told);
        }
    }
}
