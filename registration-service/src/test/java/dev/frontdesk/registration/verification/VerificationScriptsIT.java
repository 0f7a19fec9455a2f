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

/** Each script by itself, on a real Redis. */
class VerificationScriptsIT {

    private static final long NOW = 1_795_000_000_000L;
    private static final String RIGHT = "right";
    private static final String WRONG = "wrong";

    private static LettuceConnectionFactory connections;
    private static ReactiveStringRedisTemplate redis;

    private final String pending = "pending:" + UUID.randomUUID();
    private final String codes = "codes:" + UUID.randomUUID();
    private final String outbox = "outbox:" + UUID.randomUUID();

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
    void savesARegistrationWithItsTimeToLiveAndItsEvent() {
        assertThat(save("registration_id", "r1", "phone", "+905551234567")).containsExactly("saved");

        assertThat(entries())
                .isEqualTo(Map.of(
                        "registration_id", "r1",
                        "phone", "+905551234567",
                        "code", RIGHT,
                        "code_expires_at", Long.toString(NOW + 600_000),
                        "attempts", "0",
                        "code_attempts", "0"));
        assertThat(ttl(pending)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(ttl(codes)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(events()).containsExactly("{event}");
    }

    @Test
    void replacesARegistrationButKeepsItsAttempts() {
        save("registration_id", "r1", "phone", "+905551234567");
        verify(WRONG);
        verify(WRONG);
        verify(RIGHT);

        save("registration_id", "r2");

        assertThat(entries())
                .containsEntry("registration_id", "r2")
                .containsEntry("attempts", "2")
                .containsEntry("code_attempts", "0")
                .doesNotContainKeys("phone", "claim", "claim_until");
        assertThat(events()).hasSize(2);
    }

    @Test
    void writesNothingAboveTheCodesOfTheDay() {
        save("registration_id", "r1");
        save("registration_id", "r2");
        save("registration_id", "r3");

        var refused = save("registration_id", "r4");

        assertThat(refused.getFirst()).isEqualTo("too_many");
        assertThat(Long.parseLong(refused.getLast())).isBetween(86_000_000L, 86_400_000L);
        assertThat(entries()).containsEntry("registration_id", "r3");
        assertThat(events()).hasSize(3);
        assertThat(redis.opsForValue().get(codes).block()).isEqualTo("3");
    }

    @Test
    void countsOwnersLikeNewcomers() {
        assertThat(tellOwner()).containsExactly("saved");
        assertThat(ttl(codes)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        save("registration_id", "r1");
        assertThat(tellOwner()).containsExactly("saved");

        assertThat(tellOwner().getFirst()).isEqualTo("too_many");
        assertThat(save("registration_id", "r2").getFirst()).isEqualTo("too_many");
        assertThat(events()).containsExactly("{owner}", "{event}", "{owner}");
    }

    @Test
    void grantsTheRightCodeWithWhatWasSaved() {
        save("registration_id", "r1");

        var reply = verify(RIGHT);

        assertThat(reply.getFirst()).isEqualTo("granted");
        assertThat(reply.subList(reply.indexOf("registration_id"), reply.indexOf("registration_id") + 2))
                .containsExactly("registration_id", "r1");
        assertThat(ttl(pending)).isPositive();
    }

    @Test
    void grantsOneClaimAtATime() {
        save("registration_id", "r1");

        assertThat(verify(RIGHT, NOW, "first").getFirst()).isEqualTo("granted");
        assertThat(verify(RIGHT, NOW + 9_999, "second")).containsExactly("claimed");
        assertThat(verify(RIGHT, NOW + 10_000, "third").getFirst()).isEqualTo("granted");
        assertThat(verify(RIGHT, NOW + 19_999, "fourth")).containsExactly("claimed");
    }

    @Test
    void doesNotWearOutTheRightCode() {
        save("registration_id", "r1");
        for (int i = 0; i < 30; i++) {
            assertThat(verify(RIGHT).getFirst()).isIn("granted", "claimed");
        }
        assertThat(entries()).containsEntry("attempts", "0").containsEntry("code_attempts", "0");
    }

    @Test
    void refusesTheSixthAttemptAtACode() {
        save("registration_id", "r1");
        for (int i = 0; i < 5; i++) {
            assertThat(verify(WRONG)).containsExactly("refused");
        }
        assertThat(verify(RIGHT)).containsExactly("refused");
        verify(WRONG);
        assertThat(entries()).containsEntry("attempts", "5").containsEntry("code_attempts", "5");
    }

    @Test
    void takesTheRightCodeAtTheFifthAttempt() {
        save("registration_id", "r1");
        for (int i = 0; i < 4; i++) {
            verify(WRONG);
        }
        assertThat(verify(RIGHT).getFirst()).isEqualTo("granted");
    }

    @Test
    void refusesACodeThatHasExpired() {
        save("registration_id", "r1");
        assertThat(verify(RIGHT, NOW + 600_000, "late")).containsExactly("refused");
        assertThat(verify(RIGHT, NOW + 599_999, "in time").getFirst()).isEqualTo("granted");
    }

    @Test
    void leavesNoTraceOfAnUnknownAddress() {
        assertThat(verify(RIGHT)).containsExactly("refused");
        assertThat(redis.hasKey(pending).block()).isFalse();
    }

    @Test
    void releasesOnlyItsOwnClaim() {
        save("registration_id", "r1");
        verify(RIGHT, NOW, "mine");

        assertThat(run("release_claim", List.of(pending), "another's")).containsExactly("kept");
        assertThat(verify(RIGHT, NOW, "second")).containsExactly("claimed");
        assertThat(run("release_claim", List.of(pending), "mine")).containsExactly("released");
        assertThat(verify(RIGHT, NOW, "third").getFirst()).isEqualTo("granted");
        assertThat(run("release_claim", List.of("nothing"), "mine")).containsExactly("kept");
    }

    @Test
    void dropsNoNewerRegistration() {
        save("registration_id", "r1");
        save("registration_id", "r2");

        assertThat(run("drop_pending", List.of(pending), "r1")).containsExactly("kept");
        assertThat(entries()).isNotEmpty();
        assertThat(run("drop_pending", List.of(pending), "r2")).containsExactly("dropped");
        assertThat(redis.hasKey(pending).block()).isFalse();
        assertThat(run("drop_pending", List.of(pending), "r2")).containsExactly("kept");
    }

    private List<String> save(String... fields) {
        var args = new ArrayList<>(List.of("3", "86400000", "86400000", "{event}", "wake", "7"));
        args.addAll(List.of("code", RIGHT, "code_expires_at", Long.toString(NOW + 600_000)));
        args.addAll(List.of(fields));
        return run("save_pending", List.of(pending, codes, outbox), args.toArray(String[]::new));
    }

    private List<String> tellOwner() {
        return run("tell_owner", List.of(codes, outbox), "3", "86400000", "{owner}", "wake", "7");
    }

    private List<String> verify(String code) {
        return verify(code, NOW, "claim");
    }

    private List<String> verify(String code, long now, String claim) {
        return run("verify_code", List.of(pending), code, Long.toString(now), "5", "25", claim, "10000");
    }

    private static List<String> run(String script, List<String> keys, String... args) {
        return new LuaScript("verification/" + script)
                .run(redis, keys, List.of(args))
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

    private List<String> events() {
        return redis.<String, String>opsForStream()
                .range(outbox, Range.unbounded())
                .map(entry -> entry.getValue().getOrDefault("event", ""))
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static Duration ttl(String key) {
        return redis.getExpire(key).blockOptional().orElseThrow();
    }
}
