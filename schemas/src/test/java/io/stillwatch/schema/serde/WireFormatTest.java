package io.stillwatch.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stillwatch.schema.Decision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireFormatTest {
    @ParameterizedTest
    @CsvSource({
        "registry:8080, http://",
        "ftp://registry, http://",
        "'', http://",
        "http://, http://",
        "not a url, no URL",
        "http://user:secret@registry:8080, apicurio.registry.auth.username",
        "http://registry:8080/apis/ccompat/v7, Confluent-compatible endpoint"
    })
    void anAddressThatIsNoRegistrysIsRefusedSayingWhatToGive(String address, String advice) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WireFormat.registry(address, Map.of()))
                .withMessageContaining(advice)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret"));
    }

    @Test
    void aRegistryPrintsWithoutItsSecrets() {
        WireFormat format =
                WireFormat.registry("https://registry", Map.of("apicurio.registry.auth.password", "hush-hush"));

        assertThat(format.toString())
                .contains("https://registry", "apicurio.registry.auth.password")
                .doesNotContain("hush-hush");
    }

    @ParameterizedTest
    @CsvSource({
        "apicurio.registry.auth.username, me, apicurio.registry.auth.password",
        "apicurio.registry.auth.service.token.endpoint, http://localhost/token, apicurio.registry.auth.client.id",
        "apicurio.registry.proxy.host, proxy, apicurio.registry.proxy.port",
        "apicurio.registry.tls.verify-host, false, certificate",
    })
    void settingsThatCannotWorkAreRefusedAtTheStart(String setting, String value, String advice) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SerdeFactory(WireFormat.registry("http://localhost", Map.of(setting, value))))
                .withMessageContaining(advice);
    }

    @Test
    void theFactoryFollowsTheFormat() {
        assertThat(new SerdeFactory(WireFormat.singleObject()).serde(Decision.class))
                .isInstanceOf(SingleObjectSerde.class);
        assertThat(new SerdeFactory(WireFormat.registry("http://localhost:1", Map.of())).serde(Decision.class))
                .isInstanceOf(SchemaRegistrySerde.class);
    }
}
