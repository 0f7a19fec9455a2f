package dev.frontdesk.endtoend.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.sync.RedisCommands;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The data in Redis. */
public final class RedisView {

    private final String url;

    RedisView(String url) {
        this.url = url;
    }

    /** Remaining lifetime of the pending registration of this address in the default tenant; empty without one. */
    public Optional<Duration> pendingRegistration(String email) {
        return timesToLive("frontdesk:local:default:verification:*:" + sha256(email)).values().stream()
                .findFirst();
    }

    /** The keys that match, with their time to live: negative without one. */
    public Map<String, Duration> timesToLive(String pattern) {
        return ask(redis -> ScanIterator.scan(
                        redis, ScanArgs.Builder.matches(pattern).limit(1000))
                .stream()
                .distinct()
                .collect(Collectors.toMap(key -> key, key -> Duration.ofMillis(redis.pttl(key)))));
    }

    private <T> T ask(Function<RedisCommands<String, String>, T> question) {
        try (var client = RedisClient.create(url);
                var connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
