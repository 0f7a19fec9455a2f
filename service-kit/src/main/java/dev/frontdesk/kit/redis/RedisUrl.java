package dev.frontdesk.kit.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code REDIS_URL} in all its forms:
 *
 * <pre>
 * redis://[[user]:password@]host[:port][/database]             one server
 * redis://[[user]:password@]host:port,host:port                a Redis Cluster; ?cluster=true if only one host is given
 * redis-sentinel://[[user]:password@]host:port,host:port[/database]?master=name   Sentinel
 * redis://[[user]:password@]host:port,host:port,name[/database]                   Sentinel; only the name has no port
 * </pre>
 *
 * For TLS, write {@code rediss} instead of {@code redis}. The colon before a password without a user may be omitted.
 * Parsed by hand, because {@link java.net.URI} does not support lists of hosts, and its messages repeat the password.
 */
public final class RedisUrl {

    private static final Pattern FORM =
            Pattern.compile("(rediss?(?:-sentinel)?)://([^/?#<>\\s]+)(/[^?#]*)?(\\?[^#]*)?(#.*)?");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    private static final String CLUSTER = "cluster";
    private static final String MASTER = "master";
    private static final String SENTINEL_USER = "sentinelusername";
    private static final String SENTINEL_PASSWORD = "sentinelpassword";
    private static final String TLS_MODE = "sslmode";
    private static final String TLS_CA = "sslrootcert";
    private static final String TLS_CERTIFICATE = "sslcert";
    private static final String TLS_KEY = "sslkey";

    private static final Set<String> OF_SENTINEL = Set.of(MASTER, SENTINEL_USER, SENTINEL_PASSWORD);
    private static final Set<String> FILES = Set.of(TLS_CA, TLS_CERTIFICATE, TLS_KEY);

    /** The modes as libpq names them, and how much of a certificate each verifies. */
    private static final Map<String, String> TLS_MODES =
            Map.of("verify-full", "FULL", "verify-ca", "CA", "require", "NONE");

    /** Parameters that have a different name in Lettuce. */
    private static final Map<String, String> OTHER_NAMES = Map.of("sentinelmasterid", MASTER);

    /** The name of a Sentinel's master. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final boolean tls;
    private final boolean sentinel;
    private final String user;
    private final String password;
    private final List<String> hosts;
    private final String masterInList;
    private final int database;
    private final Map<String, String> parameters;

    private RedisUrl(String url) {
        var form = FORM.matcher(url);
        require(
                form.matches(),
                "must be redis://:password@host:port, with several hosts for a Cluster, redis-sentinel:// and ?master= for"
                        + " Sentinel, rediss:// or rediss-sentinel:// for TLS");
        tls = form.group(1).startsWith("rediss");
        String authority = form.group(2);
        int at = authority.lastIndexOf('@');
        String login = at < 0 ? "" : authority.substring(0, at);
        int colon = login.indexOf(':');
        user = colon < 0 ? "" : decode(login.substring(0, colon));
        password = decode(login.substring(colon + 1));
        require(user.isEmpty() || !password.isEmpty(), "has a user without a password");
        parameters = parametersIn(form.group(4), form.group(5));
        var list = new ArrayList<>(List.of(authority.substring(at + 1).split(",", -1)));
        boolean sentinelScheme = form.group(1).endsWith("-sentinel");
        masterInList = sentinelScheme || parameters.containsKey(CLUSTER) ? "" : masterIn(list);
        if (!masterInList.isEmpty()) {
            list.removeLast();
        }
        sentinel = sentinelScheme || !masterInList.isEmpty();
        hosts = hostsIn(list);
        database = databaseIn(form.group(3));
        checkTopology();
        checkTls();
    }

    /** @throws IllegalArgumentException with a message that states the error and repeats no part of the address */
    public static RedisUrl of(String url) {
        return new RedisUrl(url);
    }

    /** Empty if there is none. */
    public String password() {
        return password;
    }

    /** The password of the Sentinels themselves; empty if there is none. */
    public String sentinelPassword() {
        return parameters.getOrDefault(SENTINEL_PASSWORD, "");
    }

    /** The settings as properties of Spring Boot and Frontdesk. */
    public Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        if (sentinel) {
            settings.put("spring.data.redis.sentinel.nodes", String.join(",", hosts));
            settings.put("spring.data.redis.sentinel.master", master());
            put(settings, "spring.data.redis.sentinel.username", parameters.get(SENTINEL_USER));
            put(settings, "spring.data.redis.sentinel.password", sentinelPassword());
        } else if (isCluster()) {
            settings.put("spring.data.redis.cluster.nodes", String.join(",", hosts));
        } else {
            String host = hosts.getFirst();
            int colon = host.lastIndexOf(':');
            settings.put("spring.data.redis.host", host.substring(0, colon));
            settings.put("spring.data.redis.port", host.substring(colon + 1));
        }
        put(settings, "spring.data.redis.username", user);
        put(settings, "spring.data.redis.password", password);
        settings.put("spring.data.redis.database", database);
        if (tls) {
            settings.put("spring.data.redis.ssl.enabled", true);
            settings.put("frontdesk.redis.verify-peer", TLS_MODES.get(tlsMode()));
            putBundle(settings);
        }
        return settings;
    }

    private void putBundle(Map<String, Object> settings) {
        if (FILES.stream().anyMatch(parameters::containsKey)) {
            String bundle = "spring.ssl.bundle.pem.redis.";
            settings.put("spring.data.redis.ssl.bundle", "redis");
            put(settings, bundle + "truststore.certificate", file(TLS_CA));
            put(settings, bundle + "keystore.certificate", file(TLS_CERTIFICATE));
            put(settings, bundle + "keystore.private-key", file(TLS_KEY));
        }
    }

    private @Nullable String file(String parameter) {
        String path = parameters.get(parameter);
        return path == null ? null : Path.of(path).toUri().toString();
    }

    private static void put(Map<String, Object> settings, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            settings.put(name, value);
        }
    }

    private boolean isCluster() {
        return hosts.size() > 1 || "true".equals(parameters.get(CLUSTER));
    }

    private String master() {
        return masterInList.isEmpty() ? parameters.getOrDefault(MASTER, "") : masterInList;
    }

    private String tlsMode() {
        return parameters.getOrDefault(TLS_MODE, "verify-full");
    }

    private void checkTopology() {
        if (sentinel) {
            require(!master().isEmpty(), "needs the name of a master in ?master=");
            require(masterInList.isEmpty() || !parameters.containsKey(MASTER), "names its master twice");
            require(!parameters.containsKey(CLUSTER), "mixes Sentinel and Cluster: use one of them");
            require(
                    !parameters.containsKey(SENTINEL_USER)
                            || !sentinelPassword().isEmpty(),
                    "has a user without a password");
        } else {
            require(
                    OF_SENTINEL.stream().noneMatch(parameters::containsKey),
                    "has Sentinel parameters, but is not redis-sentinel://");
            require(database == 0 || !isCluster(), "has a database, but a Redis Cluster only has database 0");
        }
    }

    private void checkTls() {
        require(
                tls || parameters.keySet().stream().noneMatch(name -> name.startsWith("ssl")),
                "has TLS parameters, but is not rediss:// or rediss-sentinel://");
        require(TLS_MODES.containsKey(tlsMode()), "must have sslmode verify-full, verify-ca or require");
        require(
                parameters.containsKey(TLS_CERTIFICATE) == parameters.containsKey(TLS_KEY),
                "must have both sslcert and sslkey, or neither");
        FILES.stream().sorted().filter(parameters::containsKey).forEach(name -> {
            // Otherwise the error would appear only as a stack trace.
            require(isReadable(parameters.get(name)), "has an " + name + " that is not a readable file");
        });
    }

    private static boolean isReadable(@Nullable String path) {
        try {
            return path != null && Files.isRegularFile(Path.of(path)) && Files.isReadable(Path.of(path));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /**
     * In a Cluster, either every host has a port or none has. So a last entry without a port, after hosts with ports,
     * is not a host.
     */
    private static String masterIn(List<String> list) {
        String last = list.getLast();
        return NAME.matcher(last).matches() && list.stream().anyMatch(RedisUrl::hasPort) ? last : "";
    }

    private static boolean hasPort(String host) {
        var form = HOST.matcher(host);
        return form.matches() && form.group(2) != null;
    }

    private List<String> hostsIn(List<String> list) {
        var found = new ArrayList<String>();
        for (String host : list) {
            var form = HOST.matcher(host);
            require(form.matches(), "must have host:port, or host:port,host:port");
            int port = form.group(2) == null ? (sentinel ? SENTINEL_PORT : PORT) : Integer.parseInt(form.group(2));
            require(port > 0 && port <= 65535, "has an invalid port");
            found.add(form.group(1) + ":" + port);
        }
        return List.copyOf(found);
    }

    private static int databaseIn(@Nullable String path) {
        if (path == null || path.equals("/")) {
            return 0;
        }
        require(path.matches("/\\d{1,5}"), "must have a database number after the /, or nothing");
        return Integer.parseInt(path.substring(1));
    }

    private Map<String, String> parametersIn(@Nullable String query, @Nullable String fragment) {
        var found = new HashMap<String, String>();
        if (query != null && query.length() > 1) {
            for (String pair : query.substring(1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = pair.substring(0, Math.max(0, equals)).toLowerCase(Locale.ROOT);
                put(found, OTHER_NAMES.getOrDefault(name, name), decode(pair.substring(equals + 1)));
            }
        }
        if (fragment != null && fragment.length() > 1) {
            put(found, MASTER, decode(fragment.substring(1)));
        }
        return Map.copyOf(found);
    }

    private static void put(HashMap<String, String> found, String name, String value) {
        // Misspelt parameters must be reported: otherwise the client would connect without its CA, or to another
        // master.
        require(
                name.equals(CLUSTER) || name.equals(TLS_MODE) || FILES.contains(name) || OF_SENTINEL.contains(name),
                "has an unknown parameter, or a ? or # in its password, which must be written as %3F or %23");
        require(found.put(name, value) == null, "has a parameter twice");
    }

    private static String decode(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("has a % that is not part of an escape, and must be written as %25");
        }
    }

    private static void require(boolean right, String fault) {
        if (!right) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** Shows nothing, because the URL contains a password. */
    @Override
    public String toString() {
        return "RedisUrl";
    }
}
