package io.stillwatch.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.SignatureDefinition;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SealTest {
    private static final KeyPair OURS = keys("Ed25519");
    private static final KeyPair THEIRS = keys("Ed25519");

    private final SignatureDefinition definition = new SignatureDefinition("a", 3, "id: a", false, 17L, "op", null);

    @Test
    void holdsForAnyOfTheTrustedKeysAndNoOther() {
        Seal.set(definition, OURS.getPrivate());

        assertThat(Seal.holds(definition, List.of(THEIRS.getPublic(), OURS.getPublic())))
                .isTrue();
        assertThat(Seal.holds(definition, List.of(THEIRS.getPublic()))).isFalse();
        assertThat(Seal.holds(definition, List.of())).isFalse();
    }

    @Test
    void nothingHoldsWithoutASeal() {
        assertThat(Seal.holds(definition, List.of(OURS.getPublic()))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void breaksWhenAnythingOfTheDefinitionChanges(Consumer<SignatureDefinition> change) {
        Seal.set(definition, OURS.getPrivate());

        change.accept(definition);

        assertThat(Seal.holds(definition, List.of(OURS.getPublic()))).isFalse();
    }

    static Stream<Consumer<SignatureDefinition>> changes() {
        return Stream.of(
                changed -> changed.setId("b"),
                changed -> changed.setVersion(4),
                changed -> changed.setYaml("id: b"),
                changed -> changed.setDisabled(true),
                changed -> changed.setPublishedAt(18L),
                changed -> changed.setPublishedBy(null),
                changed -> {
                    // What one field loses the next one gains.
                    changed.setId("ai");
                    changed.setYaml("d: a");
                });
    }

    @Property(tries = 200)
    void noOtherBytesAreASeal(@ForAll @Size(max = 80) byte[] bytes) {
        definition.setSeal(ByteBuffer.wrap(bytes));

        assertThat(Seal.holds(definition, List.of(OURS.getPublic()))).isFalse();
    }

    @Test
    void aKeyOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> Seal.set(definition, keys("RSA").getPrivate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this is no private key of Ed25519");
    }

    private static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
