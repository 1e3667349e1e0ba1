package io.stillwatch.profile;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.Ties.Products;
import io.stillwatch.profile.Ties.Turn;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.HeapSize;
import io.stillwatch.profile.sketch.VectorSum;
import io.stillwatch.schema.RequestFingerprint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest requests of an account, as far as the next one is compared with them: are neighbours in time alike, do the
 * requests of one end user belong together, did the turns that are claimed happen?
 *
 * <p>People come in sittings and in talks, so requests that follow each other are more alike than any two, and less so the
 * more requests lie between; what a script takes from a shuffled list is alike at no distance, and what it reads in the
 * order of a corpus stays alike for long (measured on logs of real help channels: Kummerfeld et al. 2019). So the
 * embeddings of the newest five requests are kept, and of every sixteenth as an anchor for wider distances. Pairs with the
 * same prompt do not count, as a repetition is no likeness, nor do pairs of one conversation, whose turns are judged by
 * their tokens.
 *
 * <p>End users are sampled: those sixteen with the smallest hashes that have come so far keep their last embedding.
 * Conversations are known as long as fewer than eight others came after.
 *
 * <p>Before the account's {@value #FIRST_KEPT}th request no more than its conversations is kept, so that the many small
 * accounts stay small; then 770 bytes, and up to 1,200 more where end users are named. Mutable and not thread-safe.
 */
public final class RecentRequests {
    /** Length of a unit vector in the units of the products' factors. */
    public static final double SCALE = VectorSum.SCALE;

    static final int FIRST_KEPT = 16;

    private static final int DIMENSIONS = VectorSum.DIMENSIONS;
    private static final int NEWEST = 5;
    private static final int ANCHORS = 4;
    private static final int ANCHOR_EVERY = 16;
    private static final int HASHES = 8;
    private static final int USERS = 16;
    private static final int CONVERSATIONS = 8;

    private static final int MIDDLE_FROM = 6;
    private static final int MIDDLE_TO = 20;
    private static final int FAR_FROM = 40;
    private static final int FAR_TO = 63;

    /** Of a provider's count, what a trimmed or rounded history may lack. */
    private static final double HISTORY_KEPT = 0.8;

    /** Tokens that a prompt of its own takes at most, a character: of scripts with many characters, and of others. */
    private static final double WIDE_TOKENS = 1.5;

    private static final double TOKENS = 0.5;

    /** Tokens that framing takes at most. */
    private static final int FRAME_TOKENS = 60;

    /** Tokens above which a history may have been trimmed. */
    private static final int LONG_HISTORY = 2_000;

    private static final int MOST_FRAMING = 1 << 20;

    private static final int WIDEST = 7;

    private long requests;
    private long embedded;

    /** Tokens beside its prompt that the newest request without a history carried: instructions, tools. */
    private long framing;

    private final Slot[] newest = new Slot[NEWEST];
    private final Slot[] anchors = new Slot[ANCHORS];
    private final int[] prompts = new int[HASHES];
    private final User[] users = new User[USERS];
    private int userCount;
    private final Conversation[] conversations = new Conversation[CONVERSATIONS];
    private final SampledIds ids = new SampledIds();

    /** An embedding with what tells pairs that do not count. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves this class nor is compared
    private record Slot(long at, int prompt, int conversation, byte[] vector) {}

    @SuppressWarnings("ArrayRecordComponent") // never leaves this class nor is compared
    private record User(int hash, int prompt, int conversation, byte[] vector) {}

    private record Conversation(int hash, long tokens) {}

    /** Compares a request with those before it and keeps it for the next. */
    public Ties tie(RequestFingerprint request) {
        requests++;
        Turn turn = conversationTurn(request);
        if (requests < FIRST_KEPT) {
            return Ties.single(turn, false, false);
        }
        boolean collides = ids.collides(request);
        int prompt = folded(request.getExactHash());
        boolean repeated = request.getCharacters() > 0 && seen(prompt);
        if (request.getEmbedding().remaining() != DIMENSIONS || request.getCharacters() == 0) {
            return Ties.single(turn, repeated, collides);
        }
        byte[] vector = rounded(request.getEmbedding());
        int conversation = folded(request.getConversationHash());
        Products near = new Summed()
                .with(newest, 2, NEWEST, vector, prompt, conversation)
                .products();
        Products middle = new Summed()
                .with(anchors, MIDDLE_FROM, MIDDLE_TO, vector, prompt, conversation)
                .products();
        Products far = new Summed()
                .with(anchors, FAR_FROM, FAR_TO, vector, prompt, conversation)
                .products();
        Products user = request.getEndUserHash() == 0
                ? Products.NONE
                : user(request.getEndUserHash(), prompt, conversation, vector);
        keep(new Slot(embedded, prompt, conversation, vector));
        return new Ties(near, middle, far, user, turn, repeated, collides);
    }

    private boolean seen(int prompt) {
        boolean found = false;
        for (int known : prompts) {
            found |= known == prompt;
        }
        prompts[(int) (requests % HASHES)] = prompt;
        return found;
    }

    private void keep(Slot slot) {
        newest[(int) (embedded % NEWEST)] = slot;
        if (embedded % ANCHOR_EVERY == 0) {
            anchors[(int) (embedded / ANCHOR_EVERY % ANCHORS)] = slot;
        }
        embedded++;
    }

    /** Sums up products with the kept embeddings of some distances. */
    private final class Summed {
        private int pairs;
        private long sum;

        Summed with(Slot[] slots, int from, int to, byte[] vector, int prompt, int conversation) {
            for (Slot slot : slots) {
                if (slot == null) {
                    continue;
                }
                long distance = embedded - slot.at();
                if (distance >= from
                        && distance <= to
                        && slot.prompt() != prompt
                        && (conversation == 0 || slot.conversation() != conversation)) {
                    pairs++;
                    sum += product(vector, slot.vector());
                }
            }
            return this;
        }

        Products products() {
            return pairs == 0 ? Products.NONE : new Products(pairs, sum);
        }
    }

    /** The product with the user's request before; the user is sampled if its hash is among the smallest so far. */
    private Products user(long endUser, int prompt, int conversation, byte[] vector) {
        int hash = folded(Hash64.finish(endUser));
        int at = 0;
        while (at < userCount && users[at].hash() < hash) {
            at++;
        }
        if (at < userCount && users[at].hash() == hash) {
            User before = users[at];
            users[at] = new User(hash, prompt, conversation, vector);
            boolean counts = before.prompt() != prompt && (conversation == 0 || before.conversation() != conversation);
            return counts ? new Products(1, product(vector, before.vector())) : Products.NONE;
        }
        if (at < USERS) {
            if (userCount < USERS) {
                userCount++;
            }
            System.arraycopy(users, at, users, at + 1, userCount - 1 - at);
            users[at] = new User(hash, prompt, conversation, vector);
        }
        return Products.NONE;
    }

    private Turn conversationTurn(RequestFingerprint request) {
        int hash = folded(request.getConversationHash());
        if (hash == 0) {
            return turn(request, null);
        }
        int at = 0;
        while (at < CONVERSATIONS - 1 && conversations[at] != null && conversations[at].hash() != hash) {
            at++;
        }
        Conversation known = conversations[at] != null && conversations[at].hash() == hash ? conversations[at] : null;
        System.arraycopy(conversations, 0, conversations, 1, at);
        long input = Math.max(0, request.getInputTokens());
        long said = (long) (input + HISTORY_KEPT * Math.max(0, request.getOutputTokens()));
        conversations[0] = new Conversation(hash, said);
        return turn(request, known);
    }

    /**
     * Judges a claimed turn by the input that the provider counted. Of 3,476 real follow-ups 95 % were longer than the
     * input and nine tenths of the answer before (Mooncake's trace); only a long history is ever trimmed. Where the
     * conversation is not known, the input must have room for more than the prompt and what single requests carry.
     */
    private Turn turn(RequestFingerprint request, @Nullable Conversation before) {
        long input = request.getInputTokens();
        double own = (isWide(request.getLanguage()) ? WIDE_TOKENS : TOKENS) * request.getCharacters();
        if (!Profile.isFollowUp(request)) {
            framing = Math.max(0, Math.min(MOST_FRAMING, (long) (input - own)));
            return Turn.UNCLAIMED;
        }
        if (input <= 0) {
            return Turn.UNKNOWN;
        }
        boolean roomForMore = input > own + framing + FRAME_TOKENS;
        if (before == null) {
            return roomForMore ? Turn.PLAUSIBLE : Turn.CONTRADICTED;
        }
        boolean trimmed = before.tokens() >= LONG_HISTORY && input >= before.tokens() / 2;
        return input >= before.tokens() || trimmed ? Turn.BORNE_OUT : Turn.CONTRADICTED;
    }

    private static boolean isWide(CharSequence language) {
        String code = language.toString();
        return code.equals("zh") || code.equals("ja") || code.equals("ko") || code.equals("und");
    }

    private static int folded(long hash) {
        return (int) (hash ^ hash >>> 32);
    }

    /** Rounded as sums of embeddings are, and cut where one component in a hundred is longer: half a byte each. */
    private static byte[] rounded(ByteBuffer embedding) {
        byte[] vector = new byte[DIMENSIONS];
        for (int at = 0; at < DIMENSIONS; at++) {
            int rounded = VectorSum.rounded(embedding.get(embedding.position() + at));
            vector[at] = (byte) Math.max(-WIDEST, Math.min(WIDEST, rounded));
        }
        return vector;
    }

    private static int product(byte[] one, byte[] other) {
        int sum = 0;
        for (int at = 0; at < DIMENSIONS; at++) {
            sum += one[at] * other[at];
        }
        return sum;
    }

    /** Whether no embeddings are kept yet. */
    private boolean isSmall() {
        return requests < FIRST_KEPT;
    }

    public void write(StateWriter out) {
        out.writeUnsigned(requests);
        out.writeUnsigned(framing);
        writeConversations(out);
        if (isSmall()) {
            return;
        }
        out.writeUnsigned(embedded);
        writeSlots(out, newest);
        writeSlots(out, anchors);
        for (int prompt : prompts) {
            out.writeInt(prompt);
        }
        out.writeByte(userCount);
        for (int at = 0; at < userCount; at++) {
            out.writeInt(users[at].hash());
            out.writeInt(users[at].prompt());
            out.writeInt(users[at].conversation());
            writeVector(out, users[at].vector());
        }
        ids.write(out);
    }

    private void writeConversations(StateWriter out) {
        int known = (int) Arrays.stream(conversations).filter(c -> c != null).count();
        out.writeByte(known);
        for (int at = 0; at < known; at++) {
            out.writeInt(conversations[at].hash());
            out.writeUnsigned(conversations[at].tokens());
        }
    }

    private static void writeSlots(StateWriter out, Slot[] slots) {
        for (Slot slot : slots) {
            out.writeByte(slot == null ? 0 : 1);
            if (slot != null) {
                out.writeUnsigned(slot.at());
                out.writeInt(slot.prompt());
                out.writeInt(slot.conversation());
                writeVector(out, slot.vector());
            }
        }
    }

    private static void writeVector(StateWriter out, byte[] vector) {
        for (int at = 0; at < DIMENSIONS; at += 2) {
            out.writeByte((vector[at] & 0xF) | (vector[at + 1] & 0xF) << 4);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CorruptStateException when it cannot be that
     */
    public static RecentRequests read(StateReader in) {
        RecentRequests recent = new RecentRequests();
        recent.requests = in.readUnsigned();
        recent.framing = in.readUnsigned();
        int known = in.readCount(CONVERSATIONS);
        for (int at = 0; at < known; at++) {
            recent.conversations[at] = new Conversation(in.readInt(), in.readUnsigned());
        }
        if (recent.isSmall()) {
            return recent;
        }
        recent.embedded = in.readUnsigned();
        readSlots(in, recent.newest);
        readSlots(in, recent.anchors);
        for (int at = 0; at < HASHES; at++) {
            recent.prompts[at] = in.readInt();
        }
        recent.userCount = in.readCount(USERS);
        for (int at = 0; at < recent.userCount; at++) {
            recent.users[at] = new User(in.readInt(), in.readInt(), in.readInt(), readVector(in));
        }
        recent.ids.read(in);
        return recent;
    }

    private static void readSlots(StateReader in, Slot[] slots) {
        for (int at = 0; at < slots.length; at++) {
            if (in.readByte() != 0) {
                slots[at] = new Slot(in.readUnsigned(), in.readInt(), in.readInt(), readVector(in));
            }
        }
    }

    private static byte[] readVector(StateReader in) {
        byte[] vector = new byte[DIMENSIONS];
        for (int at = 0; at < DIMENSIONS; at += 2) {
            int both = in.readByte();
            vector[at] = (byte) ((both & 0xF) << 28 >> 28);
            vector[at + 1] = (byte) ((both >> 4 & 0xF) << 28 >> 28);
        }
        return vector;
    }

    /** An estimate of the heap taken, in bytes. */
    public long approximateBytes() {
        long slots = isSmall() ? 0 : (NEWEST + ANCHORS) * (HeapSize.object(20) + HeapSize.array(DIMENSIONS, 1));
        long named = userCount * (HeapSize.object(12) + HeapSize.array(DIMENSIONS, 1));
        return HeapSize.object(40)
                + HeapSize.array(NEWEST, 4)
                + HeapSize.array(ANCHORS, 4)
                + HeapSize.array(HASHES, 4)
                + HeapSize.array(USERS, 4)
                + HeapSize.array(CONVERSATIONS, 4)
                + ids.approximateBytes()
                + slots
                + named;
    }
}
