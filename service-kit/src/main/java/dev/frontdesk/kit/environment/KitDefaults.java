package dev.frontdesk.kit.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Adds the settings that all services share ({@code frontdesk-defaults.properties}), which every setting of a service
 * or an operator overrides. Also copies KAFKA_SERVERS if it is set, and converts the Redis variables
 * ({@link RedisVariables}) and POSTGRES_URL ({@code postgresql://user:password@host:port/database?sslmode=verify-full})
 * to settings of Spring Boot.
 */
public final class KitDefaults implements EnvironmentPostProcessor {

    private static final String DEFAULTS = "frontdesk-defaults.properties";

    /** TLS parameters of an address: the name in libpq and JDBC, and the name in the R2DBC driver. */
    private static final Map<String, String> TLS_NAMES = Map.of("sslmode", "sslMode", "sslrootcert", "sslRootCert");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getPropertySources().contains(DEFAULTS)) {
            return;
        }
        var settings = new HashMap<String, Object>();
        try {
            PropertiesLoaderUtils.loadProperties(new ClassPathResource(DEFAULTS))
                    .forEach((name, value) -> settings.put(name.toString(), value));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        settings.putAll(new RedisVariables(environment).settings());
        String postgres = environment.getProperty("POSTGRES_URL");
        // A malformed URL is reported later, together with all other faults.
        if (postgres != null && isDatabaseUrl(postgres)) {
            settings.putAll(databaseSettings(postgres));
        }
        String kafka = environment.getProperty("KAFKA_SERVERS");
        if (kafka != null) {
            settings.put("frontdesk.kafka.servers", kafka);
        }
        environment.getPropertySources().addLast(new MapPropertySource(DEFAULTS, settings));
    }

    static boolean isDatabaseUrl(String url) {
        try {
            URI uri = URI.create(url);
            return "postgresql".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() != null
                    && TLS_NAMES.keySet().containsAll(tlsIn(uri).keySet());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Empty if there is none. */
    static String databasePassword(String url) {
        return passwordIn(URI.create(url));
    }

    /** Split before decoding: a user may contain an encoded colon. */
    private static String passwordIn(URI uri) {
        String userInfo = uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        return colon < 0 ? "" : decode(userInfo.substring(colon + 1));
    }

    static Map<String, Object> databaseSettings(String url) {
        URI uri = URI.create(url);
        String userInfo = uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = passwordIn(uri);
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        String address = "postgresql://" + uri.getHost() + ":" + port + uri.getRawPath();
        var settings = new HashMap<String, Object>(Map.of(
                "spring.r2dbc.url", "r2dbc:" + address,
                "spring.r2dbc.username", user,
                "spring.r2dbc.password", password,
                "spring.flyway.url", "jdbc:" + address,
                "spring.flyway.user", user,
                "spring.flyway.password", password));
        tlsIn(uri).forEach((name, value) -> {
            settings.put("spring.r2dbc.properties." + TLS_NAMES.get(name), value);
            settings.merge(
                    "spring.flyway.url",
                    name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8),
                    KitDefaults::withParameter);
        });
        return settings;
    }

    private static Object withParameter(Object url, Object parameter) {
        return url + (url.toString().contains("?") ? "&" : "?") + parameter;
    }

    private static Map<String, String> tlsIn(URI uri) {
        var parameters = new HashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                int equals = pair.indexOf('=');
                parameters.put(
                        equals < 0 ? pair : pair.substring(0, equals),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
