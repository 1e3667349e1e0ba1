package io.stillwatch.cli.option;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of Ed25519 in PEM files, as openssl writes them. */
final class KeyFiles {
    private static final long MOST_BYTES = 1 << 20;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (?<kind>[A-Z ]+)-----(?<body>[A-Za-z0-9+/=\\s]*)-----END \\k<kind>-----");

    private KeyFiles() {}

    /**
     * The key to publish with.
     *
     * @throws UserException where the file has none
     */
    static PrivateKey privateKey(Path file) {
        List<byte[]> keys = read(file, "PRIVATE KEY");
        if (keys.size() != 1) {
            throw unusable(file, "no private key of Ed25519", "openssl genpkey -algorithm ed25519");
        }
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
        } catch (GeneralSecurityException e) {
            throw unusable(file, "no private key of Ed25519", "openssl genpkey -algorithm ed25519");
        }
    }

    /**
     * The keys of those who may publish, one or more in a file.
     *
     * @throws UserException where the file has none, or something else
     */
    static List<PublicKey> publicKeys(Path file) {
        List<PublicKey> keys = new ArrayList<>();
        try {
            for (byte[] key : read(file, "PUBLIC KEY")) {
                keys.add(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
            }
        } catch (GeneralSecurityException e) {
            throw unusable(file, "a public key that is none of Ed25519", "openssl pkey -pubout");
        }
        if (keys.isEmpty()) {
            throw unusable(file, "no public key of Ed25519", "openssl pkey -pubout");
        }
        return keys;
    }

    private static List<byte[]> read(Path file, String kind) {
        List<byte[]> found = new ArrayList<>();
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unusable(file, "too much for a file of keys", "openssl");
            }
            Matcher matcher = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
                if (matcher.group("kind").equals(kind)) {
                    found.add(Base64.getMimeDecoder().decode(matcher.group("body")));
                }
            }
        } catch (IOException e) {
            throw new UserException(
                    "The key file " + file + " cannot be read; name a PEM file that you may read.", ExitStatus.USAGE);
        } catch (IllegalArgumentException e) {
            throw unusable(file, "a key that is cut or changed", "openssl");
        }
        return found;
    }

    private static UserException unusable(Path file, String what, String tool) {
        return new UserException(
                "The file " + file + " has " + what + "; give the PEM file that '" + tool + "' wrote.",
                ExitStatus.USAGE);
    }
}
