package dev.frontdesk.kit.environment;

import dev.frontdesk.kit.redis.RedisUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.PropertyResolver;

/**
 * The address of Redis, from {@code REDIS_URL} or from separate variables. Also supports the other names that older
 * documents use for Redis variables. An empty value means not set.
 */
final class RedisVariables {

    static final String URL = "REDIS_URL";

    private static final String HOST = "REDIS_HOST";
    private static final String PORT = "REDIS_PORT";
    private static final String PASSWORD = "REDIS_PASSWORD";
    private static final String DATABASE = "REDIS_DB";
    private static final String NODES = "REDIS_CLUSTER_NODES";
    private static final String POOL_SIZE = "REDIS_POOL_SIZE";
    private static final String MOST_CONNECTIONS = "REDIS_MAX_CONNECTIONS";
    private static final String CACHE_TTL = "REDIS_CACHE_TTL";

    private static final String A_DEVELOPERS_HOST = "127.0.0.1";
    private static final String KUBERNETES_OWN = "tcp://";
    private static final String CONNECTIONS = "frontdesk.redis.connections";

    /** In addition to the connections for commands: one for channels, and one for the wake-ups of a relay. */
    private static final int THAT_LISTEN = 2;

    /** A time with two variable names: ours, and another one in seconds. */
    private record Time(String name, String inSeconds, String property) {}

    private static final List<Time> TIMES = List.of(
            new Time("REDIS_TIMEOUT", "REDIS_SOCKET_TIMEOUT", "spring.data.redis.timeout"),
            new Time("REDIS_CONNECT_TIMEOUT", "REDIS_SOCKET_CONNECT_TIMEOUT", "spring.data.redis.connect-timeout"));

    private final PropertyResolver environment;

    RedisVariables(PropertyResolver environment) {
        this.environment = environment;
    }

    /** Without a malformed address, which is reported together with all other faults. */
    Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        try {
            settings.putAll(RedisUrl.of(url()).settings());
        } catch (IllegalArgumentException malformed) {
            settings.clear();
        }
        TIMES.forEach(time -> timeOf(time).ifPresent(value -> settings.put(time.property(), value)));
        value(POOL_SIZE).ifPresent(size -> settings.put(CONNECTIONS, size));
        value(CACHE_TTL).ifPresent(ttl -> settings.put("frontdesk.cache.entries.default-ttl", ttl + "s"));
        return settings;
    }

    private String url() {
        return value(URL)
                .map(this::withPassword)
                .orElseGet(() -> value(NODES).map(this::cluster).orElseGet(this::server));
    }

    /** Adds the password of the separate variable to a URL without a login. */
    private String withPassword(String url) {
        int host = url.indexOf("://") + "://".length();
        // A path or a parameter may contain an @, too.
        return host < "://".length() || url.substring(host).split("[/?#]", 2)[0].contains("@")
                ? url
                : url.substring(0, host) + login() + url.substring(host);
    }

    private String cluster(String nodes) {
        return "redis://" + login()
                + Arrays.stream(nodes.split(",")).map(String::strip).collect(Collectors.joining(",")) + "?cluster=true";
    }

    private String server() {
        String host = value(HOST).orElse(A_DEVELOPERS_HOST);
        boolean bare = host.contains(":") && !host.startsWith("[");
        return "redis://" + login() + (bare ? "[" + host + "]" : host)
                + value(PORT).map(port -> ":" + port).orElse("") + "/"
                + value(DATABASE).orElse("0");
    }

    private String login() {
        return value(PASSWORD)
                .map(password -> ":"
                        + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20") + "@")
                .orElse("");
    }

    private Optional<String> timeOf(Time time) {
        return value(time.name())
                .or(() -> value(time.inSeconds())
                        .filter(seconds ->
                                VariableType.SECONDS.formFault(seconds).isEmpty())
                        .map(seconds -> VariableType.millis(seconds) + "ms"));
    }

    /**
     * Missing and contradictory variables; {@link VariableType} checks the format of each.
     *
     * @param local whether this is a developer's machine, where no variable is required
     */
    List<String> faults(boolean local) {
        var faults = new ArrayList<String>();
        if (value(URL).isEmpty()) {
            faults.addAll(faultsOfParts());
            if (!local) {
                missing().ifPresent(name -> faults.add(name + " is missing"));
            }
        }
        TIMES.stream()
                .filter(this::differ)
                .forEach(time -> faults.add(time.inSeconds() + " must have the same value as " + time.name()));
        value(MOST_CONNECTIONS)
                .filter(most -> VariableType.BOUND.formFault(most).isEmpty())
                .filter(most -> Integer.parseInt(most) < connections() + THAT_LISTEN)
                .ifPresent(_ -> faults.add(MOST_CONNECTIONS + " must be at least " + (connections() + THAT_LISTEN)
                        + ": " + POOL_SIZE + ", and two for pub/sub"));
        return faults;
    }

    private List<String> faultsOfParts() {
        var faults = new ArrayList<String>();
        malformed().ifPresent(faults::add);
        if (value(NODES).isEmpty()) {
            return faults;
        }
        Stream.of(HOST, PORT)
                .filter(name -> value(name).isPresent())
                .forEach(name -> faults.add(name + " must not be set together with " + NODES));
        value(DATABASE)
                .filter(database -> !database.matches("0+"))
                .ifPresent(_ -> faults.add(DATABASE + " must be 0 with " + NODES + ": a Redis Cluster has no other"));
        return faults;
    }

    /** Finds values that are valid alone but not in combination: a port of a node, a bracket of an address. */
    private Optional<String> malformed() {
        boolean toldAlready = value(NODES)
                        .flatMap(VariableType.SERVERS::formFault)
                        .isPresent()
                || value(HOST).flatMap(VariableType.HOST::formFault).isPresent()
                || value(PORT).flatMap(VariableType.REDIS_PORT::formFault).isPresent()
                || value(DATABASE).flatMap(VariableType.INDEX::formFault).isPresent();
        try {
            if (!toldAlready) {
                RedisUrl.of(url());
            }
            return Optional.empty();
        } catch (IllegalArgumentException fault) {
            return Optional.of((value(NODES).isPresent() ? NODES : HOST) + " " + fault.getMessage());
        }
    }

    private Optional<String> missing() {
        if (value(HOST).isEmpty() && value(NODES).isEmpty()) {
            boolean inParts = Stream.of(PORT, PASSWORD, DATABASE)
                    .anyMatch(name -> value(name).isPresent());
            return Optional.of(inParts ? HOST : URL);
        }
        return value(PASSWORD).isEmpty() ? Optional.of(PASSWORD) : Optional.empty();
    }

    private boolean differ(Time time) {
        var one = value(time.name())
                .filter(value -> VariableType.DURATION.formFault(value).isEmpty());
        var other = value(time.inSeconds())
                .filter(value -> VariableType.SECONDS.formFault(value).isEmpty());
        return one.isPresent()
                && other.isPresent()
                && DurationStyle.detectAndParse(one.get()).toMillis() != VariableType.millis(other.get());
    }

    private int connections() {
        return value(POOL_SIZE)
                .filter(size -> VariableType.COUNT.formFault(size).isEmpty())
                .map(Integer::valueOf)
                .orElse(1);
    }

    private Optional<String> value(String name) {
        @Nullable String value = environment.getProperty(name);
        return Optional.ofNullable(value)
                .filter(it -> !it.isBlank())
                .filter(it -> !name.equals(PORT) || !it.startsWith(KUBERNETES_OWN));
    }
}
