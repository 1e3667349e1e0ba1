package io.stillwatch.alert.stix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.UUID;

/** Ids of STIX objects: the same thing has the same id in every export (UUID version 5, RFC 9562). */
final class StixId {
    /** The namespace that STIX 2.1 gives for observable objects. */
    private static final UUID OBSERVABLES = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /** For everything else, which STIX wants in a namespace of the producer's own. */
    private static final UUID OWN = UUID.fromString("6d2c0b5f-93a7-4f0e-8a1d-5be2f7c41d90");

    private StixId() {}

    /** Of an object of ours that a name tells from others of its type. */
    static String of(String type, String name) {
        return type + "--" + version5(OWN, type + "\n" + name);
    }

    /** Of an observable object, from the canonical JSON of the properties that STIX makes its id of. */
    static String ofObservable(String type, String canonicalJson) {
        return type + "--" + version5(OBSERVABLES, canonicalJson);
    }

    private static UUID version5(UUID namespace, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .flip());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            long most = hash.getLong() & ~0xF000L | 0x5000L;
            long least = hash.getLong() & ~(3L << 62) | 2L << 62;
            return new UUID(most, least);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-1.", e);
        }
    }
}
