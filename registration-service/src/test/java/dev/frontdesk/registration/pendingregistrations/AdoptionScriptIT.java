package dev.frontdesk.registration.pendingregistrations;

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
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;

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
        assertThat(adopt("entry", 3, new Came("r1", NOW, NOW + 5, 2))).containsExactly("adopted");

        assertThat(entries())
                .containsEntry("registration_id", "r1")
                .containsEntry("code", "code of r1 at 5")
                .containsEntry("requested_at", Long.toString(NOW))
                .containsEntry("saved_at", Long.toString(NOW + 5))
                .containsEntry("expires_at", Long.toString(NOW + 5 + DAY))
                .containsEntry("code_attempts", "2")
                .containsEntry("attempts", "3")
                .doesNotContainKey("contested");
        assertThat(counted()).containsExactly("register:one:c", "resend:two:c");
        for (String key : List.of(pending, codes, index, indexOfAll, "id:" + name + ":r1")) {
            assertThat(redis.getExpire(key).block()).isBetween(Duration.ofHours(23), Duration.ofHours(25));
        }
    }

    @Test
    void doesNothingTheSecondTime() {
        var came = new Came[] {new Came("r1", NOW, NOW, 2), new Came("r2", NOW + 1, NOW + 1, 1)};
        adopt("entry", 3, came);
        var once = entries();
        assertThat(adopt("entry", 3, came)).containsExactly("adopted");
        assertThat(entries()).isEqualTo(once);
        assertThat(counted()).hasSize(2);

        adopt("entry", 4, new Came("r1", NOW, NOW, 3), came[1]);
        assertThat(entries())
                .containsEntry("attempts", "4")
                .containsEntry("code_attempts", "3")
                .containsEntry("2:code_attempts", "1");
        adopt("another entry", 1, new Came("r1", NOW, NOW, 1));
        assertThat(entries()).containsEntry("attempts", "5").containsEntry("code_attempts", "4");
    }

    @Test
    void keepsEverySignUpAndAddsTheWrongGuesses() {
        adopt("e1", 1, new Came("r1", NOW, NOW + 20, 1), new Came("r2", NOW, NOW, 0), new Came("r3", NOW, NOW, 0));

        assertThat(adopt(
                        "e2",
                        2,
                        new Came("r4", NOW - 10, NOW - 10, 2),
                        new Came("r5", NOW, NOW, 2),
                        new Came("r6", NOW, NOW, 2)))
                .containsExactly("adopted");

        assertThat(entries())
                .containsEntry("registration_id", "r1")
                .containsEntry("code_attempts", "1")
                .containsEntry("3:registration_id", "r3")
                .containsEntry("4:registration_id", "r4")
                .containsEntry("4:code_attempts", "2")
                .containsEntry("6:registration_id", "r6")
                .containsEntry("attempts", "3")
                .containsEntry("contested", "1");
        assertThat(scores(index)).containsExactly((double) NOW + 20 + DAY);
    }

    @Test
    void knowsThatOneSignUpWasNotTheOnlyOne() {
        adopt("e1", 0, new Came("r1", NOW, NOW, 0));
        adopt("e2", 0, new Came("r2", NOW, NOW, 0));
        assertThat(entries()).containsEntry("contested", "1");
    }

    @Test
    void takesTheNewerCodeOfTheSameSignUp() {
        adopt("e1", 1, new Came("r1", NOW, NOW + 10, 1));
        assertThat(adopt("e2", 1, new Came("r1", NOW, NOW + 5, 1))).containsExactly("kept");
        assertThat(entries()).containsEntry("code", "code of r1 at 10").containsEntry("attempts", "2");
        assertThat(adopt("e3", 1, new Came("r1", NOW, NOW + 20, 0))).containsExactly("adopted");
        assertThat(entries())
                .containsEntry("code", "code of r1 at 20")
                .containsEntry("code_attempts", "0")
                .containsEntry("attempts", "3")
                .doesNotContainKey("contested");
    }

    @Test
    void takesNothingThatIsGoneOrExpired() {
        redis.opsForValue().set("id:" + name + ":r1", "gone").block();
        assertThat(adopt("e1", 0, new Came("r1", NOW, NOW, 0))).containsExactly("kept");
        assertThat(adopt("e2", 0, new Came("r2", NOW - DAY, NOW - DAY, 0))).containsExactly("kept");
        assertThat(adopt("e3", 0)).containsExactly("kept");
        assertThat(entries()).isEmpty();
        assertThat(counted()).hasSize(2);
    }

    @Test
    void forgetsTheGuessesOfWhatHasExpiredHere() {
        adopt("e1", 7, new Came("r1", NOW - DAY + 1, NOW - DAY + 1, 5));
        adopt(NOW + 1, "e2", 1, new Came("r2", NOW, NOW, 1));
        assertThat(entries())
                .containsEntry("registration_id", "r2")
                .containsEntry("attempts", "1")
                .doesNotContainKey("contested");
    }

    private record Came(String id, long requestedAt, long savedAt, int codeAttempts) {}

    private List<String> adopt(String entry, int attempts, Came... signUps) {
        return adopt(NOW, entry, attempts, signUps);
    }

    private List<String> adopt(long now, String entry, int attempts, Came... signUps) {
        var keys = new ArrayList<>(List.of(pending, codes, index, indexOfAll));
        var args = new ArrayList<>(List.of(Long.toString(now), entry, Long.toString(DAY), name, "acme:" + name));
        args.addAll(List.of(Integer.toString(attempts), signUps.length > 1 ? "1" : "", Long.toString(NOW + DAY)));
        args.addAll(List.of("2", Long.toString(NOW - 2), "register:one:c", Long.toString(NOW - 1), "resend:two:c"));
        for (Came signUp : signUps) {
            keys.add("id:" + name + ":" + signUp.id());
            args.addAll(List.of("7", "registration_id", signUp.id()));
            args.addAll(List.of("code", "code of " + signUp.id() + " at " + (signUp.savedAt() - NOW)));
            args.addAll(List.of("code_expires_at", Long.toString(signUp.savedAt() + 600_000)));
            args.addAll(List.of("code_attempts", Integer.toString(signUp.codeAttempts())));
            args.addAll(List.of("requested_at", Long.toString(signUp.requestedAt())));
            args.addAll(List.of("saved_at", Long.toString(signUp.savedAt())));
            args.addAll(List.of("expires_at", Long.toString(signUp.savedAt() + DAY)));
        }
        return new LuaScript("pendingregistrations/adopt_pending", RedisPendingRegistrations.SIGN_UPS)
                .run(redis, keys, args)
                .blockOptional()
                .orElseThrow();
    }

    private List<Double> scores(String key) {
        return redis.opsForZSet()
                .rangeWithScores(key, Range.unbounded())
                .mapNotNull(TypedTuple::getScore)
                .collectList()
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
