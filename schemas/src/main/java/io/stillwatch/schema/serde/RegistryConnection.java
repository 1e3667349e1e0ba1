package io.stillwatch.schema.serde;

import io.apicurio.registry.client.common.RegistryClientOptions;
import io.apicurio.registry.client.common.auth.JdkAuthFactory;
import io.apicurio.registry.client.common.ssl.JdkSslContextFactory;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.client.RegistryClientFacadeImpl;
import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import io.apicurio.registry.rest.client.RegistryClient;
import io.apicurio.registry.serde.config.SerdeConfig;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A registry as the serdes see it: Apicurio's client on the JDK's HTTP client, the serdes' settings, and how often to try
 * again.
 *
 * <p>The client is put together here, not by Apicurio's own factory, because that factory can only be used with Vert.x on
 * the class path (its retry handler names a Vert.x exception) and sets no time limit on a request.
 */
record RegistryConnection(RegistryClientFacade client, Map<String, Object> settings, RegistryCalls calls) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final String API_PATH = "/apis/registry/v3";

    static RegistryConnection to(WireFormat.Registry registry) {
        return to(registry, REQUEST_TIMEOUT);
    }

    static RegistryConnection to(WireFormat.Registry registry, Duration requestTimeout) {
        Map<String, Object> settings = new HashMap<>();
        // One self-contained schema per topic instead of one artifact per nested record.
        settings.put(SchemaResolverConfig.DEREFERENCE_SCHEMA, true);
        settings.put(SchemaResolverConfig.AUTO_REGISTER_ARTIFACT, true);
        settings.putAll(registry.properties());
        settings.put(SerdeConfig.REGISTRY_URL, registry.url().toString());
        SchemaResolverConfig config = new SchemaResolverConfig(settings);
        RegistryRequestAdapter adapter = adapter(config, requestTimeout);
        adapter.setBaseUrl(apiAddress(registry.url()));
        return new RegistryConnection(
                new RegistryClientFacadeImpl(new RegistryClient(adapter)),
                settings,
                new RegistryCalls(registry.url(), Math.toIntExact(config.getRetryCount()), config.getRetryBackoff()));
    }

    /** Settings for one serde; Apicurio's classes write into the map they are given. */
    Map<String, Object> copyOfSettings() {
        return new HashMap<>(settings);
    }

    private static String apiAddress(URI url) {
        String address = url.toString().replaceAll("/+$", "");
        return address.endsWith(API_PATH) ? address : address + API_PATH;
    }

    private static RegistryRequestAdapter adapter(SchemaResolverConfig config, Duration requestTimeout) {
        HttpClient.Builder http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        RegistryClientOptions tls = tls(config);
        if (JdkSslContextFactory.hasSslConfig(tls)) {
            http.sslContext(JdkSslContextFactory.createSslContext(tls));
        }
        if (config.getProxyHost() != null) {
            int port = Optional.ofNullable(config.getProxyPort())
                    .orElseThrow(() -> missing(SchemaResolverConfig.PROXY_PORT, SchemaResolverConfig.PROXY_HOST));
            http.proxy(ProxySelector.of(new InetSocketAddress(config.getProxyHost(), port)));
            if (config.getProxyUsername() != null) {
                http.authenticator(JdkAuthFactory.buildProxyAuthenticator(
                        config.getProxyUsername(),
                        required(
                                config.getProxyPassword(),
                                SchemaResolverConfig.PROXY_PASSWORD,
                                SchemaResolverConfig.PROXY_USERNAME)));
            }
        }
        HttpClient client = http.build();
        return new RegistryRequestAdapter(client, requestTimeout, credentials(config, client));
    }

    private static RegistryRequestAdapter.Credentials credentials(SchemaResolverConfig config, HttpClient client) {
        if (config.getTokenEndpoint() != null) {
            JdkAuthFactory.TokenProvider tokens = JdkAuthFactory.buildOAuth2TokenProvider(
                    client,
                    config.getTokenEndpoint(),
                    required(
                            config.getAuthClientId(),
                            SchemaResolverConfig.AUTH_CLIENT_ID,
                            SchemaResolverConfig.AUTH_TOKEN_ENDPOINT),
                    required(
                            config.getAuthClientSecret(),
                            SchemaResolverConfig.AUTH_CLIENT_SECRET,
                            SchemaResolverConfig.AUTH_TOKEN_ENDPOINT),
                    config.getAuthClientScope());
            return () -> Optional.of("Bearer " + tokens.getToken());
        }
        if (config.getAuthUsername() != null) {
            String basic = JdkAuthFactory.buildBasicAuthHeaderValue(
                    config.getAuthUsername(),
                    required(
                            config.getAuthPassword(),
                            SchemaResolverConfig.AUTH_PASSWORD,
                            SchemaResolverConfig.AUTH_USERNAME));
            return () -> Optional.of(basic);
        }
        return Optional::empty;
    }

    private static RegistryClientOptions tls(SchemaResolverConfig config) {
        if (!config.getTlsVerifyHost()) {
            throw new IllegalArgumentException(SchemaResolverConfig.TLS_VERIFY_HOST
                    + " cannot be switched off; give the registry a certificate that names its host.");
        }
        RegistryClientOptions options = RegistryClientOptions.create();
        String trustStore = config.getTlsTruststoreLocation();
        if (config.getTlsTrustAll()) {
            return options.trustAll(true);
        }
        if (trustStore != null) {
            String password = config.getTlsTruststorePassword();
            return switch (config.getTlsTruststoreType().toUpperCase(Locale.ROOT)) {
                case "JKS" -> options.trustStoreJks(trustStore, password);
                case "PKCS12", "P12" -> options.trustStorePkcs12(trustStore, password);
                case "PEM" -> options.trustStorePem(trustStore);
                default ->
                    throw new IllegalArgumentException(
                            SchemaResolverConfig.TLS_TRUSTSTORE_TYPE + " must be JKS, PKCS12 or PEM.");
            };
        }
        String certificates = config.getTlsCertificates();
        if (certificates != null) {
            return certificates.contains("-----BEGIN CERTIFICATE-----")
                    ? options.trustStorePemContent(certificates)
                    : options.trustStorePem(certificates.strip().split("\\s*,\\s*", -1));
        }
        return options;
    }

    private static String required(String value, String setting, String because) {
        if (value == null) {
            throw missing(setting, because);
        }
        return value;
    }

    private static IllegalArgumentException missing(String setting, String because) {
        return new IllegalArgumentException("The setting " + because + " needs " + setting + " beside it; set both.");
    }
}
