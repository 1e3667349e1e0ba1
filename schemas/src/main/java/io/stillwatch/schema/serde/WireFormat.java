package io.stillwatch.schema.serde;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** How messages look on the wire. Make one with {@link #singleObject()} or {@link #registry(String, Map)}. */
public sealed interface WireFormat {

    /** Each message names its schema by fingerprint and can be read with nothing beside it: the default. */
    static WireFormat singleObject() {
        return new SingleObject();
    }

    /**
     * Each message names its schema by a number that an Apicurio Registry gave it: a zero byte, the number in four bytes,
     * the Avro binary body. Clients of Confluent's registry API read the same bytes through Apicurio's compatibility
     * endpoint.
     *
     * @param url address of an Apicurio Registry 3, for example {@code http://registry:8080}
     * @param properties further settings by their Apicurio names, for example {@code apicurio.registry.auth.username};
     *     empty for an open registry
     * @throws IllegalArgumentException if the address is no http or https URL, in a sentence that says what to give
     */
    static WireFormat registry(String url, Map<String, String> properties) {
        try {
            return new Registry(new URI(url.strip()), properties);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "The schema registry's address is no URL; give one like http://registry:8080.", e);
        }
    }

    /** Avro single-object encoding. */
    record SingleObject() implements WireFormat {}

    /**
     * The registry format.
     *
     * @param url address of the registry
     * @param properties settings by their Apicurio names; may hold secrets, so {@link #toString()} leaves their values out
     */
    record Registry(URI url, Map<String, String> properties) implements WireFormat {
        public Registry {
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new IllegalArgumentException(
                        "The schema registry's address must start with http:// or https:// and name a host; give one like"
                                + " http://registry:8080.");
            }
            if (url.getUserInfo() != null) {
                throw new IllegalArgumentException(
                        "The schema registry's address must hold no user name or password; give them as"
                                + " apicurio.registry.auth.username and apicurio.registry.auth.password.");
            }
            if (url.getPath().contains("/ccompat")) {
                throw new IllegalArgumentException(
                        "The schema registry's address must be the registry itself, not its Confluent-compatible"
                                + " endpoint; give one like http://registry:8080.");
            }
            properties = Map.copyOf(properties);
        }

        @Override
        public String toString() {
            return "Registry[url=" + url + ", properties=" + new TreeSet<>(properties.keySet()) + "]";
        }
    }
}
