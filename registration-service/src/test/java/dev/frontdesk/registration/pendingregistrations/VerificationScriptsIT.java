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

/** Each script alone, on a real Redis. */
class VerificationScriptsIT {

    private static final long NOW = 1_795_000_000_000L;
    private static final String RIGHT = "right";
    private static final String WRONG = "wrong";

    private static LettuceConnectionFactory connections;
    private static ReactiveStringRedisTemplate redis;

    private final String pending = "pending:" + UUID.randomUUID();
    private final String codes = "codes:" + UUID.randomUUID();
    private final String outbox = "outbox:" + UUID.randomUUID();
    private final String index = "index:" + UUID.randomUUID();
    private final String indexOfAll = "index-of-all:" + UUID.randomUUID();
    private final String address = UUID.randomUUID().toString();

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
        assertThat(save("registration_id", "r1")).containsExactly("saved");

        assertThat(entries())
                .isEqualTo(Map.of(
                        "registration_id",
                        "r1",
                        "client",
                        "ada",
                        "code",
                        RIGHT,
                        "code_expires_at",
                        Long.toString(NOW + 600_000),
                        "attempts",
                        "0",
                        "code_attempts",
                        "0",
                        "requested_at",
                        Long.toString(NOW),
                        "saved_at",
                        Long.toString(NOW),
                        "expires_at",
                        Long.toString(NOW + 86_400_000)));
        assertThat(ttl(pending)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(ttl(codes)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        for (String each : List.of(index, indexOfAll, idKey("r1"))) {
            assertThat(ttl(each)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        }
        assertThat(scores(index)).isEqualTo(Map.of(address, NOW + 86_400_000.0));
        assertThat(scores(indexOfAll)).isEqualTo(Map.of("acme:" + address, NOW + 86_400_000.0));
        assertThat(events()).containsExactly("{event}");
    }

    @Test
    void savesASignUpBesideTheOthersAndKeepsTheGuesses() {
        save("registration_id", "r1", "phone", "+905551234567");
        verify(WRONG);
        verify(WRONG);

        assertThat(register("r2", "another", NOW)).containsExactly("saved");

        assertThat(entries())
                .containsEntry("registration_id", "r1")
                .containsEntry("code_attempts", "2")
                .containsEntry("2:registration_id", "r2")
                .containsEntry("2:client", "another")
                .containsEntry("2:code_attempts", "0")
                .containsEntry("attempts", "2")
                .containsEntry("contested", "1")
                .doesNotContainKey("2:phone");
        assertThat(scores(index)).hasSize(1);
        assertThat(events()).containsExactly("{event}", "{repeated}");
    }

    @Test
    void keepsACodeThatWorksAndLetsOneThatHasExpiredGo() {
        register("r1", "a", NOW);
        register("r2", "b", NOW + 1);
        register("r3", "c", NOW + 300_000);
        assertThat(register("r4", "d", NOW + 300_001)).containsExactly("too_many", "sign_ups_at_once", "3", "299999");

        assertThat(register("r4", "d", NOW + 600_000)).containsExactly("saved");

        assertThat(entries().values()).contains("r2", "r3", "r4").doesNotContain("r1");
        assertThat(verify(RIGHT, NOW + 600_000, "claim")).contains("granted", "r2");
    }

    @Test
    void forgetsThatThereWereSeveralWithTheLastOfThem() {
        register("r1", "a", NOW);
        register("r2", "b", NOW);
        register("r3", "c", NOW + 86_400_000);
        assertThat(entries()).containsEntry("registration_id", "r3").doesNotContainKeys("contested", "2:code");
        assertThat(events()).containsExactly("{event}", "{repeated}", "{event}");
    }

    @Test
    void remembersThatThereWereSeveralWhileOneIsLeft() {
        register("r1", "a", NOW);
        register("r2", "b", NOW);
        drop("r1");
        assertThat(entries()).containsEntry("2:registration_id", "r2").containsEntry("contested", "1");
        assertThat(resend("r2", NOW + 60_000)).containsExactly("saved");
        assertThat(events()).containsExactly("{event}", "{repeated}", "{repeated}");
        assertThat(scores(index)).containsOnlyKeys(address);
    }

    @Test
    void writesNothingAboveTheCodesOfTheDay() {
        for (int i = 0; i < 4; i++) {
            register("r" + i, "client " + i, NOW + i * 600_000L);
        }
        var before = entries();

        var refused = register("r4", "client 4", NOW + 2_400_000);

        assertThat(refused).containsExactly("too_many", "codes_per_day", "4", "84000000");
        assertThat(entries()).isEqualTo(before);
        assertThat(events()).hasSize(4);
        assertThat(scores(codes)).hasSize(4);
    }

    @Test
    void allowsAsManyCodesInAnyDay() {
        register("r1", "a", NOW);
        register("r2", "b", NOW + 80_000_000);
        register("r3", "c", NOW + 80_000_001);
        register("r4", "d", NOW + 85_000_000);

        assertThat(register("r5", "e", NOW + 86_399_999)).containsExactly("too_many", "codes_per_day", "4", "1");
        assertThat(register("r5", "e", NOW + 86_400_000)).containsExactly("saved");
        assertThat(register("r6", "f", NOW + 86_400_001))
                .containsExactly("too_many", "codes_per_day", "4", Long.toString(79_999_999));
    }

    @Test
    void countsWhatOneClientAsksForAgain() {
        save("registration_id", "r1");
        resend("r1", NOW + 60_000);
        resend("r1", NOW + 120_000);
        String wait = Long.toString(86_400_000 - 120_000);
        assertThat(resend("r1", NOW + 180_000)).containsExactly("too_many", "codes_per_client", "2", wait);
        assertThat(register("r2", NOW + 180_000)).containsExactly("too_many", "codes_per_client", "2", wait);
        assertThat(resend("r1", "another", NOW + 180_000)).containsExactly("saved");
    }

    @Test
    void renewsTheCodeAndTheTimeOfTheSameRegistration() {
        save("registration_id", "r1");
        verify(WRONG);
        long later = NOW + 60_000;
        redis.expire(pending, Duration.ofHours(1)).block();
        redis.expire(codes, Duration.ofHours(1)).block();

        assertThat(resend("r1", later, "code", "next", "code_expires_at", Long.toString(later + 600_000)))
                .containsExactly("saved");

        assertThat(entries())
                .containsEntry("attempts", "1")
                .containsEntry("code_attempts", "0")
                .containsEntry("requested_at", Long.toString(NOW))
                .containsEntry("expires_at", Long.toString(later + 86_400_000));
        for (String each : List.of(pending, codes)) {
            assertThat(ttl(each)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        }
        assertThat(scores(index)).isEqualTo(Map.of(address, later + 86_400_000.0));
        assertThat(verify(RIGHT, later, "old")).containsExactly("refused");
        assertThat(verify("next", later, "new").getFirst()).isEqualTo("granted");
        assertThat(events()).hasSize(2);
    }

    @Test
    void waitsBetweenACodeAndItsResend() {
        save("registration_id", "r1");

        assertThat(resend("r1", NOW + 59_999)).containsExactly("too_many", "resend_wait", "1", "1");
        assertThat(resend("", NOW + 59_999)).containsExactly("too_many", "resend_wait", "1", "1");
        assertThat(scores(codes)).hasSize(1);
        assertThat(resend("r1", "another", NOW + 1)).containsExactly("saved");
    }

    @Test
    void resendsNoMoreThanAllowed() {
        assertThat(resend("", NOW)).containsExactly("saved");
        assertThat(resend("", NOW + 60_000)).containsExactly("saved");
        assertThat(resend("", NOW + 120_000))
                .containsExactly("too_many", "codes_per_client", "2", Long.toString(86_400_000 - 120_000));
        assertThat(redis.hasKey(pending).block()).isFalse();
        assertThat(redis.hasKey(index).block()).isFalse();
        assertThat(events()).isEmpty();
    }

    @Test
    void renewsNoSignUpThatIsGone() {
        register("r1", "a", NOW);
        register("r2", "b", NOW);
        drop("r1");
        redis.delete(idKey("r1")).block();
        assertThat(resend("r1", NOW + 60_000)).containsExactly("changed");
        assertThat(scores(codes)).hasSize(2);
    }

    @Test
    void keepsTheCodeOfTheOwnClientWhenAnotherAsks() {
        save("registration_id", "r1");
        verify(WRONG);
        for (String code : List.of("first", "second")) {
            var made = new String[] {"code", code, "code_expires_at", Long.toString(NOW + 660_000)};
            assertThat(resend("r1", "client of " + code, NOW, made)).containsExactly("saved");
        }

        assertThat(verify("first")).containsExactly("refused");
        assertThat(entries())
                .containsEntry("code_attempts", "1")
                .containsEntry("former_code_attempts", "2")
                .containsEntry("attempts", "2");
        assertThat(verify(RIGHT, NOW + 599_999, "own").getFirst()).isEqualTo("granted");
        assertThat(verify(RIGHT, NOW + 600_000, "own")).containsExactly("refused");
        assertThat(verify("second", NOW + 659_999, "newest").getFirst()).isEqualTo("granted");

        resend("r1", NOW + 60_000, "code", "next", "code_expires_at", Long.toString(NOW + 660_000));
        assertThat(entries()).doesNotContainKeys("former_code", "former_code_expires_at", "former_code_attempts");
        assertThat(verify("next", NOW + 659_999, "next").getFirst()).isIn("granted", "claimed");
    }

    @Test
    void letsTheClientsOwnSignUpGoBeforeAnothers() {
        register("owners", "owner", NOW);
        register("r2", "stranger", NOW + 1);
        register("r3", "stranger", NOW + 2);
        assertThat(register("r4", "stranger", NOW + 700_000)).containsExactly("saved");
        assertThat(entries().values()).contains("owners", "r3", "r4").doesNotContain("r2");
    }

    @Test
    void forgetsTheGuessesOfAnAddressADayAfterTheFirst() {
        save("registration_id", "r1");
        for (int i = 0; i < 5; i++) {
            verify(WRONG);
        }
        register("r2", "another", NOW + 82_800_000);
        assertThat(verify(WRONG, NOW + 82_800_000, "claim")).containsExactly("refused");
        assertThat(entries()).containsEntry("attempts", "6");
        register("r3", "another", NOW + 86_400_000);
        assertThat(verify(WRONG, NOW + 86_400_000, "claim")).containsExactly("refused");
        assertThat(entries())
                .containsEntry("attempts", "1")
                .containsEntry("attempts_until", Long.toString(NOW + 2 * 86_400_000));
    }

    @Test
    void renewsOneSignUpAndLeavesTheOthers() {
        register("r1", "a", NOW);
        register("r2", "b", NOW);
        resend("r2", "b", NOW + 60_000, "code", "next", "code_expires_at", Long.toString(NOW + 660_000));
        assertThat(verify(RIGHT)).contains("granted", "r1");
        assertThat(entries()).containsEntry("code", RIGHT).containsEntry("2:code", "next");
    }

    @Test
    void doesNothingTheSecondTime() {
        var args = args("register", "the same request", "ada", NOW, "r1", "registration_id", "r1");
        assertThat(run("request_code", keys("r1"), args)).containsExactly("saved");
        register("r2", "another", NOW);

        assertThat(run("request_code", keys("r1"), args)).containsExactly("saved");

        assertThat(entries()).containsEntry("2:registration_id", "r2").doesNotContainKey("3:registration_id");
        assertThat(events()).hasSize(2);
    }

    @Test
    void savesNothingThatComesLate() {
        register("r2", "a", NOW + 500);
        assertThat(register("r1", "b", NOW)).containsExactly("late");
        assertThat(entries()).containsEntry("registration_id", "r2").doesNotContainKey("2:registration_id");
        assertThat(register("r3", "c", NOW + 1)).containsExactly("saved");
        drop("r3");
        assertThat(register("r3", "c", NOW + 2)).containsExactly("saved");
        assertThat(entries()).containsEntry("registration_id", "r2").doesNotContainKey("2:registration_id");
    }

    @Test
    void forgetsTheAttemptsOfWhatHasExpiredAndNothingElse() {
        save("registration_id", "r1");
        verify(WRONG);
        register("r2", NOW + 86_399_999);
        assertThat(entries()).containsEntry("attempts", "1");
        assertThat(verify(RIGHT, NOW + 86_399_999 + 86_400_000, "late")).containsExactly("refused");
        register("r3", NOW + 86_399_999 + 86_400_000);
        assertThat(entries()).containsEntry("attempts", "0");
    }

    @Test
    void countsOwnersLikeNewcomers() {
        assertThat(tellOwner()).containsExactly("saved");
        assertThat(ttl(codes)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        save("registration_id", "r1");
        assertThat(tellOwner()).containsExactly("saved");

        assertThat(tellOwner()).contains("too_many", "codes_per_client");
        assertThat(register("r2", NOW)).contains("too_many", "codes_per_client");
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
    void countsOneWrongGuessAtEveryCodeThatItMayHaveMeant() {
        register("r1", "a", NOW);
        for (int i = 0; i < 5; i++) {
            verify(WRONG);
        }
        register("r2", "b", NOW);
        verify(WRONG);
        assertThat(entries())
                .containsEntry("attempts", "6")
                .containsEntry("code_attempts", "5")
                .containsEntry("2:code_attempts", "1");
        assertThat(verify(RIGHT)).contains("granted", "r2");
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
    void dropsTheSignUpsThatItNames() {
        register("r1", "a", NOW);
        register("r2", "b", NOW);
        register("r3", "c", NOW + 1);

        assertThat(drop("r1", "r2")).containsExactly("dropped");
        assertThat(entries()).containsEntry("3:registration_id", "r3").doesNotContainKeys("code", "2:code");
        assertThat(scores(index)).isEqualTo(Map.of(address, NOW + 1 + 86_400_000.0));
        assertThat(drop("r1")).containsExactly("kept");
        assertThat(drop("r3")).containsExactly("dropped");
        assertThat(redis.hasKey(pending).block()).isFalse();
        assertThat(redis.hasKey(index).block()).isFalse();
        assertThat(redis.hasKey(indexOfAll).block()).isFalse();
        assertThat(drop("r3")).containsExactly("kept");
    }

    /** @param fields the second one is the registration's id */
    private List<String> save(String... fields) {
        return run("request_code", keys(fields[1]), args("register", any(), "ada", NOW, fields[1], fields));
    }

    private List<String> register(String id, long now) {
        return register(id, "ada", now);
    }

    private List<String> register(String id, String client, long now) {
        return run("request_code", keys(id), args("register", any(), client, now, id, "registration_id", id));
    }

    private List<String> resend(String id, long now, String... fields) {
        return resend(id, "ada", now, fields);
    }

    private List<String> resend(String id, String client, long now, String... fields) {
        return run("request_code", keys(id), args("resend", any(), client, now, id, fields));
    }

    private List<String> tellOwner() {
        var args = args("register", any(), "ada", NOW, "");
        args[12] = "{owner}";
        return run("request_code", keys(""), args);
    }

    private String[] args(String kind, String request, String client, long now, String id, String... fields) {
        var args = new ArrayList<>(List.of(Long.toString(now), request, kind, client, "4", "2", "60000", "86400000"));
        args.addAll(List.of("86400000", "3", "600000", "500"));
        args.addAll(List.of(id.isEmpty() ? "" : "{event}", id.isEmpty() ? "" : "{repeated}", "wake", "7"));
        args.addAll(List.of(address, "acme:" + address, id));
        args.addAll(List.of("code", RIGHT, "code_expires_at", Long.toString(now + 600_000)));
        args.addAll(List.of(fields));
        return args.toArray(String[]::new);
    }

    private static String any() {
        return UUID.randomUUID().toString();
    }

    private List<String> keys(String id) {
        return List.of(pending, codes, idKey(id), index, indexOfAll, outbox);
    }

    private String idKey(String id) {
        return "id:" + address + ":" + id;
    }

    private List<String> drop(String... ids) {
        var keys = new ArrayList<>(List.of(pending, index, indexOfAll));
        var args = new ArrayList<>(List.of(Long.toString(NOW), address, "acme:" + address, "600000"));
        for (String id : ids) {
            keys.add(idKey(id));
            args.add(id);
        }
        return run("drop_pending", keys, args.toArray(String[]::new));
    }

    private Map<String, Double> scores(String key) {
        return redis.opsForZSet()
                .rangeWithScores(key, Range.unbounded())
                .collectMap(TypedTuple::getValue, TypedTuple::getScore)
                .blockOptional()
                .orElseThrow();
    }

    private List<String> verify(String code) {
        return verify(code, NOW, "claim");
    }

    private List<String> verify(String code, long now, String claim) {
        return run("verify_code", List.of(pending), code, Long.toString(now), "5", "25", claim, "10000", "86400000");
    }

    private static List<String> run(String script, List<String> keys, String... args) {
        return new LuaScript("pendingregistrations/" + script, RedisPendingRegistrations.SIGN_UPS)
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
