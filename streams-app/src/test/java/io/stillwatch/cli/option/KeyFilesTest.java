package io.stillwatch.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
    @TempDir
    private Path directory;

    @Test
    void keysAreReadAsOpensslWritesThem() throws Exception {
        KeyPair one = pair("Ed25519");
        KeyPair other = pair("Ed25519");
        Path secret = file("secret.pem", pem("PRIVATE KEY", one.getPrivate().getEncoded()));
        Path known = file(
                "known.pem",
                "ours\n" + pem("PUBLIC KEY", one.getPublic().getEncoded()) + "theirs\n"
                        + pem("PUBLIC KEY", other.getPublic().getEncoded()));

        assertThat(KeyFiles.privateKey(secret)).isEqualTo(one.getPrivate());
        assertThat(KeyFiles.publicKeys(known)).containsExactly(one.getPublic(), other.getPublic());
    }

    @Test
    void aFileWithoutAKeyIsRefusedInASentence() throws Exception {
        Path empty = file("empty.pem", "");
        Path broken = file("broken.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
        Path cut = file("cut.pem", "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n");
        Path rsa = file("rsa.pem", pem("PUBLIC KEY", pair("RSA").getPublic().getEncoded()));

        assertRefused(() -> KeyFiles.privateKey(empty), "has no private key of Ed25519");
        assertRefused(() -> KeyFiles.publicKeys(empty), "has no public key of Ed25519");
        assertRefused(() -> KeyFiles.publicKeys(broken), "has a public key that is none of Ed25519");
        assertRefused(() -> KeyFiles.privateKey(cut), "has a key that is cut or changed");
        assertRefused(() -> KeyFiles.publicKeys(rsa), "has a public key that is none of Ed25519");
        assertRefused(() -> KeyFiles.privateKey(directory.resolve("none")), "cannot be read; name a PEM file");
    }

    private static void assertRefused(Runnable reading, String sentence) {
        assertThatThrownBy(reading::run).isInstanceOf(UserException.class).hasMessageContaining(sentence);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    private static String pem(String kind, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }
}
