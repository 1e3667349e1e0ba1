package io.stillwatch.schema.serde;

import com.microsoft.kiota.RequestInformation;
import io.kiota.http.jdk.JDKRequestAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** Sends the registry client's requests with credentials and a time limit, so that a stalled registry cannot stall us. */
// The parent narrows a generic return type without a check.
@SuppressWarnings("unchecked")
final class RegistryRequestAdapter extends JDKRequestAdapter {
    private final Duration timeout;
    private final Credentials credentials;

    /** Gives the value of the Authorization header, if there is one, anew for each request: tokens expire. */
    @FunctionalInterface
    interface Credentials {
        Optional<String> authorization() throws IOException;
    }

    RegistryRequestAdapter(HttpClient client, Duration timeout, Credentials credentials) {
        super(client);
        this.timeout = timeout;
        this.credentials = credentials;
    }

    @Override
    protected HttpRequest getRequestFromRequestInformation(RequestInformation information) {
        try {
            credentials.authorization().ifPresent(value -> information.headers.tryAdd("Authorization", value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HttpRequest request = super.getRequestFromRequestInformation(information);
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(timeout)
                .build();
    }
}
