package io.stillwatch.campaign;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.RequestFingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The link keys of one account, with how many of its requests had each; bounded, whatever the account sends.
 *
 * <p>Infrastructure tokens are taken from {@code links} by name: payment, network, signup, tls, client. Mutable and not
 * thread-safe.
 */
public final class LinkTally {
    private static final int KINDS = LinkKind.values().length;

    /** A key of the account's doing that fewer of its requests have says little about it. */
    private static final double LEAST_SHARE = 0.05;

    /** An opening must come back before it is a template. */
    private static final int LEAST_OPENINGS = 2;

    private static final double LEAST_OPENING_SHARE = 0.1;

    private final FrequentKeys[] kinds = new FrequentKeys[KINDS];

    /** Counts one request in. */
    public void add(RequestFingerprint request) {
        Map<String, String> links = request.getLinks();
        if (!links.isEmpty()) {
            addNamed(LinkKind.PAYMENT, links.get("payment"));
            addNamed(LinkKind.NETWORK, links.get("network"));
            addNamed(LinkKind.SIGNUP, links.get("signup"));
            addNamed(LinkKind.TLS, links.get("tls"));
            addNamed(LinkKind.CLIENT, links.get("client"));
        }
        if (request.getSystemHash() != 0) {
            add(LinkKind.INSTRUCTIONS, request.getSystemHash());
        }
        if (request.getCharacters() > 0) {
            add(LinkKind.OPENING, request.getHeadKey());
        }
        add(LinkKind.PARAMETERS, RequestParameters.hash(request));
    }

    private void addNamed(LinkKind kind, @Nullable String token) {
        if (token != null && !token.isEmpty()) {
            add(kind, Hash64.of(token));
        }
    }

    private void add(LinkKind kind, long hash) {
        FrequentKeys keys = kinds[kind.position()];
        if (keys == null) {
            keys = new FrequentKeys();
            kinds[kind.position()] = keys;
        }
        keys.add(hash, kind.kept());
    }

    /**
     * The keys that enough of the account's requests had.
     *
     * @param requests all requests of the account
     */
    public List<LinkKey> keys(long requests) {
        List<LinkKey> list = new ArrayList<>();
        for (int position = 0; position < KINDS; position++) {
            FrequentKeys keys = kinds[position];
            LinkKind kind = LinkKind.at(position);
            for (int at = 0; keys != null && at < keys.size(); at++) {
                if (keys.count(at) >= least(kind, requests)) {
                    list.add(new LinkKey(kind, keys.key(at), keys.count(at)));
                }
            }
        }
        return list;
    }

    private static double least(LinkKind kind, long requests) {
        if (kind.family().isInfrastructure()) {
            return 1;
        }
        return kind == LinkKind.OPENING
                ? Math.max(LEAST_OPENINGS, requests * LEAST_OPENING_SHARE)
                : requests * LEAST_SHARE;
    }

    /** A bit for each kind that is there, then its keys with their counts. */
    public void write(StateWriter out) {
        int present = 0;
        for (int position = 0; position < KINDS; position++) {
            present |= kinds[position] == null ? 0 : 1 << position;
        }
        out.writeUnsigned(present);
        for (FrequentKeys keys : kinds) {
            if (keys != null) {
                keys.write(out);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws io.stillwatch.profile.codec.CorruptStateException when it cannot be that
     */
    public static LinkTally read(StateReader in) {
        LinkTally tally = new LinkTally();
        int present = in.readCount((1 << KINDS) - 1);
        for (int position = 0; position < KINDS; position++) {
            if ((present & 1 << position) != 0) {
                tally.kinds[position] =
                        FrequentKeys.read(in, LinkKind.at(position).kept());
            }
        }
        return tally;
    }

    /** About how much heap it takes, in bytes: an estimate. */
    public long approximateBytes() {
        long bytes = 16 + 4L * KINDS;
        for (FrequentKeys keys : kinds) {
            bytes += keys == null ? 0 : keys.approximateBytes();
        }
        return bytes;
    }
}
