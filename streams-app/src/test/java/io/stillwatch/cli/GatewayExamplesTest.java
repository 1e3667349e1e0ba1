package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stillwatch.console.Forgeries;
import io.stillwatch.console.ForgingClient;
import io.stillwatch.console.LiveShelf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples for gateways in docs/decisions.md, attacked by a blocked account that says it is another one. */
@Tag("broker")
@Timeout(120)
class GatewayExamplesTest {
    private static final String KEY = "Bearer key-of-acct-81";

    @TempDir
    private Path directory;

    @Test
    void aBlockedAccountCannotPassForAnotherThroughNginx() throws Exception {
        boolean required = Boolean.getBoolean("stillwatch.nginx.required");
        assumeTrue(required || Nginx.program().isPresent(), "nginx is not installed");
        try (LiveShelf shelf = LiveShelf.blocking("acct-81");
                StubModel model = new StubModel();
                Nginx nginx = Nginx.start(directory, shelf.port(), model.port())) {
            for (List<String> forged : Forgeries.passingFor("honest")) {
                List<String> headers = new ArrayList<>(forged);
                headers.add("authorization: " + KEY);
                assertThat(ForgingClient.ask(nginx.port(), headers))
                        .as("%s", forged)
                        .isIn(400, 403);
                assertThat(ForgingClient.ask(nginx.port(), forged))
                        .as("%s without a key", forged)
                        .isIn(400, 401);
            }
        }
    }

    @Test
    void anAccountThatIsNotBlockedPassesThroughNginxWhateverItSaysItIs() throws Exception {
        boolean required = Boolean.getBoolean("stillwatch.nginx.required");
        assumeTrue(required || Nginx.program().isPresent(), "nginx is not installed");
        try (LiveShelf shelf = LiveShelf.blocking("other");
                StubModel model = new StubModel();
                Nginx nginx = Nginx.start(directory, shelf.port(), model.port())) {
            assertThat(ForgingClient.ask(nginx.port(), List.of("authorization: " + KEY)))
                    .isEqualTo(200);
            assertThat(ForgingClient.ask(nginx.port(), List.of("authorization: " + KEY, "x-account-id: other")))
                    .isEqualTo(200);
        }
    }

    @Test
    void aBlockedAccountCannotPassForAnotherThroughEnvoyByItsContract() throws Exception {
        EnvoyByContract envoy = EnvoyByContract.documented();
        try (LiveShelf shelf = LiveShelf.blocking("acct-81")) {
            for (List<String> forged : Forgeries.passingFor("honest")) {
                List<EnvoyByContract.Header> client = new ArrayList<>();
                client.add(new EnvoyByContract.Header("authorization", KEY));
                for (String line : forged) {
                    int colon = line.indexOf(':');
                    client.add(new EnvoyByContract.Header(
                            line.substring(0, colon), line.substring(colon + 1).strip()));
                }
                List<EnvoyByContract.Header> sent = envoy.checked(client, "acct-81");

                assertThat(sent)
                        .as("%s", forged)
                        .noneMatch(header -> header.name().equalsIgnoreCase("authorization"));
                assertThat(ForgingClient.authorize(
                                shelf.port(),
                                sent.stream()
                                        .map(header -> header.name() + ": " + header.value())
                                        .toList()))
                        .as("%s", forged)
                        .isEqualTo(403);
            }
        }
    }
}
