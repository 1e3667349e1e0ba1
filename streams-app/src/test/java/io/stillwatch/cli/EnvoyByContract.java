package io.stillwatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Envoy sends to the authorization server with the configuration of docs/decisions.md, by its published contract:
 * early mutations come before all filters; jwt_authn refuses a request without a good token, and replaces the header it
 * copies a claim to; ext_authz always sends the client's {@code authorization}, else what {@code allowed_headers} names,
 * and never what {@code disallowed_headers} names.
 */
final class EnvoyByContract {
    private static final String BEGIN = "<!-- envoy -->\n\n```yaml\n";

    private final JsonNode manager;

    private EnvoyByContract(JsonNode manager) {
        this.manager = manager;
    }

    /** A header of a request. */
    record Header(String name, String value) {}

    static EnvoyByContract documented() throws IOException {
        String page = Files.readString(Path.of("../docs/decisions.md"));
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        return new EnvoyByContract(
                new ObjectMapper(new YAMLFactory()).readTree(page.substring(begin, page.indexOf("```", begin))));
    }

    /**
     * The headers of the check request.
     *
     * @param subject of the token that the client has, which is checked
     */
    List<Header> checked(List<Header> client, String subject) {
        List<Header> headers = new ArrayList<>(client);
        for (JsonNode extension : manager.path("early_header_mutation_extensions")) {
            for (JsonNode mutation : extension.path("typed_config").path("mutations")) {
                remove(headers, mutation.path("remove").asText());
            }
        }
        List<Header> sent = List.of();
        for (JsonNode filter : manager.path("http_filters")) {
            JsonNode config = filter.path("typed_config");
            switch (filter.path("name").asText()) {
                case "envoy.filters.http.jwt_authn" ->
                    config.path("providers").forEach(provider -> claims(headers, provider, subject));
                case "envoy.filters.http.ext_authz" -> sent = authorization(headers, config);
                default -> throw new IllegalStateException("Nothing is known of " + filter.path("name") + ".");
            }
        }
        return sent;
    }

    private static void claims(List<Header> headers, JsonNode provider, String subject) {
        for (JsonNode copied : provider.path("claim_to_headers")) {
            String name = copied.path("header_name").asText();
            remove(headers, name);
            headers.add(new Header(name, subject));
        }
    }

    private static List<Header> authorization(List<Header> headers, JsonNode config) {
        Set<String> allowed = names(config.path("allowed_headers"));
        allowed.addAll(
                names(config.path("http_service").path("authorization_request").path("allowed_headers")));
        allowed.add("authorization");
        Set<String> disallowed = names(config.path("disallowed_headers"));
        return headers.stream()
                .filter(header -> allowed.contains(header.name().toLowerCase(Locale.ROOT)))
                .filter(header -> !disallowed.contains(header.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static Set<String> names(JsonNode matcher) {
        Set<String> names = new HashSet<>();
        Stream.iterate(0, at -> at < matcher.path("patterns").size(), at -> at + 1)
                .forEach(at -> names.add(
                        matcher.path("patterns").get(at).path("exact").asText().toLowerCase(Locale.ROOT)));
        return names;
    }

    private static void remove(List<Header> headers, String name) {
        headers.removeIf(header -> header.name().equalsIgnoreCase(name));
    }
}
