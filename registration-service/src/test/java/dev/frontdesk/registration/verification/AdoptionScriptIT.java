package dev.frontdesk.registration.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.testsupport.servers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** What Redis takes over after an outage, on a real Redis. */
class AdoptionScriptIT {

    private static final long NOW = 1_795_000_000_000L;
    private static final long DAY = 86_400_000;

    private static LettuceConnectionFactory connections;
    private static ReactiveStringRedisTemplate redis;

    private final String name = UUID.randomUUID().toString();
    private final String pending = "pending:" + name;
    private final String codes = "codes:" + name;
    private final String index = "index:" + name;
    private final String indexOfAll = "index-of-all:" + name;

    @BeforeAll
    static void connect() {
        var server = TestServers.redis();
        connections = new LettuceConnectionFactory(server.host(), server.port());
        connections.start();
        redis = new ReactiveStringRedisTemplate(connections);
    }

    @AfterAll
    static void disconnect() {
        connections.destroy();
    }

    @Test
    void takesWhatItDoesNotHave() {
        assertThat(adopt("entry", "r1", NOW, NOW + 5, 2, 3)).containsExactly("adopted");

        assertThat(entries())
                .containsEntry("registration_id", "r1")
                .containsEntry("code", "code of r1 at 5")
                .containsEntry("requested_at", Long.toString(NOW))
                .containsEntry("saved_at", Long.toString(NOW + 5))
                .containsEntry("expires_at", Long.toString(NOW + 5 + DAY))
                .containsEntry("code_attempts", "2")
                .containsEntry("attempts", "3");
        assertThat(counted()).containsExactly("register:one", "resend:two");
        for (String key : List.of(pending, codes, index, indexOfAll, "id:" + name + ":r1")) {
            assertThat(redis.getExpire(key).block()).isBetween(Duration.ofHours(23), Duration.ofHours(25));
        }
    }

    @Test
    void doesNothingTheSecondTime() {
        adopt("entry", "r1", NOW, NOW, 2, 3);
        var once = entries();
        assertThat(adopt("entry", "r1", NOW, NOW, 2, 3)).containsExactly("adopted");
        assertThat(entries()).isEqualTo(once);
        assertThat(counted()).hasSize(2);

        adopt("entry", "r1", NOW, NOW, 3, 4);
        assertThat(entries()).containsEntry("attempts", "4").containsEntry("code_attempts", "3");
        adopt("another entry", "r1", NOW, NOW, 1, 1);
        assertThat(entries()).containsEntry("attempts", "5").containsEntry("code_attempts", "4");
    }

    @Test
    void keepsTheNewerRegistrationAndAddsTheAttempts() {
        adopt("e1", "r2", NOW + 10, NOW + 10, 1, 1);

        assertThat(adopt("e2", "r1", NOW, NOW + 20, 2, 2)).containsExactly("kept");

        assertThat(entries())
                .containsEntry("registration_id", "r2")
                .containsEntry("code_attempts", "1")
                .containsEntry("attempts", "3");
    }

    @Test
    void replacesTheOlderRegistrationAndAddsTheAttempts() {
        adopt("e1", "r1", NOW, NOW + 20, 1, 1);

        assertThat(adopt("e2", "r2", NOW + 10, NOW + 10, 2, 2)).containsExactly("adopted");

        assertThat(entries())
                .containsEntry("registration_id", "r2")
                .containsEntry("code_attempts", "2")
                .containsEntry("attempts", "3");
    }

    @Test
    void takesTheNewerCodeOfTheSameRegistration() {
        adopt("e1", "r1", NOW, NOW + 10, 1, 1);
        assertThat(adopt("e2", "r1", NOW, NOW + 5, 1, 1)).containsExactly("kept");
        assertThat(entries()).containsEntry("code", "code of r1 at 10").containsEntry("attempts", "2");
        assertThat(adopt("e3", "r1", NOW, NOW + 20, 0, 1)).containsExactly("adopted");
        assertThat(entries())
                .containsEntry("code", "code of r1 at 20")
                .containsEntry("code_attempts", "0")
                .containsEntry("attempts", "3");
    }

    @Test
    void takesNothingThatIsGoneOrExpired() {
        redis.opsForValue().set("id:" + name + ":r1", "gone").block();
        assertThat(adopt("e1", "r1", NOW, NOW, 0, 0)).containsExactly("kept");
        assertThat(adopt("e2", "r2", NOW - DAY, NOW - DAY, 0, 0)).containsExactly("kept");
        assertThat(entries()).isEmpty();
        assertThat(counted()).hasSize(2);
    }

    private List<String> adopt(
            String entry, String id, long requestedAt, long savedAt, int codeAttempts, int attempts) {
        var args = new ArrayList<>(List.of(Long.toString(NOW), entry, Long.toString(DAY), name, "acme:" + name, id));
        args.addAll(List.of(
                Long.toString(savedAt + DAY),
                Long.toString(requestedAt),
                Long.toString(savedAt),
                Integer.toString(codeAttempts),
                Integer.toString(attempts)));
        args.addAll(List.of("2", Long.toString(NOW - 2), "register:one", Long.toString(NOW - 1), "resend:two"));
        args.addAll(List.of("code", "code of " + id + " at " + (savedAt - NOW), "registration_id", id));
        return new LuaScript("verification/adopt_pending")
                .run(redis, List.of(pending, codes, "id:" + name + ":" + id, index, indexOfAll), args)
                .blockOptional()
                .orElseThrow();
    }

    private Map<String, String> entries() {
        return redis.<String, String>opsForHash()
                .entries(pending)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .blockOptional()
                .orElseThrow();
    }

    private List<String> counted() {
        return redis.opsForZSet()
                .range(codes, Range.unbounded())
                .collectList()
                .blockOptional()
                .orElseThrow();
    }
}
