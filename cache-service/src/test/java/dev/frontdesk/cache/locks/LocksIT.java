package dev.frontdesk.cache.locks;

import static dev.frontdesk.cache.locks.LocksApi.ACME;
import static dev.frontdesk.cache.locks.LocksApi.OTHER;
import static dev.frontdesk.cache.locks.LocksApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

@RunningLocks
@WithServers(REDIS_CLUSTER)
class LocksIT {

    @RegisterExtension
    final NoSecretsInLogs logs = new NoSecretsInLogs();

    private final LocksApi api;
    private final LocksApi.Calls application;
    private final StoredLocks stored;
    private final String name = "report-" + UUID.randomUUID();

    LocksIT(@Autowired LocksApi api, @Autowired StoredLocks stored) {
        this.api = api;
        this.application = api.as(application(ACME));
        this.stored = stored;
    }

    @AfterEach
    void onlyFencesAreStoredForEver() {
        stored.timesToLive()
                .forEach((key, ttl) -> assertThat(ttl.isPositive()).as(key).isEqualTo(!key.contains(":lock-fence:")));
    }

    @Test
    void hasOneHolderAtATime() {
        var first = application.acquire(name, "{\"holder\":\"worker 7\"}").expect(200);
        String token = logs.mustNotTell(first.field("token"));
        assertThat(token).hasSize(43);
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        assertThat(between(first, "acquired_at", "expires_at")).isEqualTo(Duration.ofSeconds(10));
        assertThat(between(first, "acquired_at", "renewable_until")).isEqualTo(Duration.ofHours(1));

        var second = application.acquire(name, "{}").expect(409);
        assertThat(second.problem()).isEqualTo("lock-held");
        assertThat(Integer.parseInt(second.header("Retry-After"))).isPositive();

        var state = application.get("/" + name).expect(200);
        assertThat(state.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "name", "held", "fence", "holder", "acquired_at", "expires_at", "renewable_until");
        assertThat(state.json().get("held").booleanValue()).isTrue();
        assertThat(state.fence()).isEqualTo(first.fence());
        assertThat(state.field("holder")).isEqualTo("worker 7");

        application.release(name, token).expect(204);
        assertThat(application.get("/" + name).expect(200).body())
                .isEqualTo("{\"name\":\"" + name + "\",\"held\":false}");
        assertThat(application.acquire(name, "{}").expect(200).fence()).isGreaterThan(first.fence());
    }

    @Test
    void onlyItsTokenRenewsAndReleases() {
        var lock = application.acquire(name, "{\"ttl_ms\":60000}").expect(200);
        String stranger = LockToken.random().text();

        assertThat(application.renew(name, stranger, 10_000).expect(409).problem())
                .isEqualTo("lock-lost");
        assertThat(application.release(name, stranger).expect(409).problem()).isEqualTo("lock-lost");
        assertThat(application.get("/" + name).fence()).isEqualTo(lock.fence());

        var renewed = application.renew(name, lock.field("token"), 600_000).expect(200);
        assertThat(renewed.fence()).isEqualTo(lock.fence());
        assertThat(renewed.field("token")).isEqualTo(lock.field("token"));
        assertThat(between(lock, "expires_at", renewed, "expires_at")).isGreaterThan(Duration.ofMinutes(8));

        application.release(name, lock.field("token")).expect(204);
        assertThat(application.release(name, lock.field("token")).expect(409).problem())
                .isEqualTo("lock-lost");
        assertThat(application
                        .renew(name, lock.field("token"), 10_000)
                        .expect(409)
                        .problem())
                .isEqualTo("lock-lost");
    }

    @Test
    void aRenewalDoesNotExtendItBeyondItsMaximumLife() {
        var lock = application.acquire(name, "{\"ttl_ms\":1000}").expect(200);

        var renewed = application.renew(name, lock.field("token"), 3_600_000).expect(200);

        assertThat(renewed.field("expires_at")).isEqualTo(lock.field("renewable_until"));
        assertThat(renewed.field("renewable_until")).isEqualTo(lock.field("renewable_until"));
        assertThat(application
                        .renew(name, lock.field("token"), 3_600_000)
                        .expect(200)
                        .field("expires_at"))
                .isEqualTo(lock.field("renewable_until"));
    }

    @Test
    void expires() {
        var lock = application.acquire(name, "{\"ttl_ms\":1000}").expect(200);

        var next = application.acquire(name, "{\"wait_ms\":30000}").expect(200);

        assertThat(next.fence()).isGreaterThan(lock.fence());
        assertThat(time(next, "acquired_at")).isAfterOrEqualTo(time(lock, "expires_at"));
        assertThat(application.release(name, lock.field("token")).expect(409).problem())
                .isEqualTo("lock-lost");
        assertThat(application.get("/" + name).fence()).isEqualTo(next.fence());
    }

    @Test
    void aRepeatedRequestFindsItsLock() {
        String token = LockToken.random().text();
        String body = "{\"token\":\"" + token + "\",\"ttl_ms\":60000}";
        var first = application.acquire(name, body).expect(200);
        assertThat(first.field("token")).isEqualTo(token);

        assertThat(application.acquire(name, body).expect(200).body()).isEqualTo(first.body());
        application
                .acquire(name, "{\"token\":\"" + LockToken.random().text() + "\"}")
                .expect(409);
    }

    @Test
    void theFenceGrowsAlthoughItsCounterIsLost() {
        var before = application.acquire(name, "{}").expect(200);

        stored.loseEverything();

        assertThat(application.acquire(name, "{}").expect(200).fence()).isGreaterThan(before.fence());
    }

    @Test
    void theFenceGrowsAlthoughTheClockIsSetBack() {
        var before = application.acquire(name, "{}").expect(200);
        application.release(name, before.field("token")).expect(204);
        long ahead = before.fence() + Duration.ofDays(1).toNanos() / 1000;

        stored.setFences(ahead);

        assertThat(application.acquire(name, "{}").expect(200).fence()).isEqualTo(ahead + 1);
        stored.loseEverything();
    }

    @Test
    void tenantsDoNotShareLocks() {
        var other = api.as(application(OTHER));
        var lock = application.acquire(name, "{}").expect(200);

        assertThat(other.get("/" + name).json().get("held").booleanValue()).isFalse();
        other.release(name, lock.field("token")).expect(409);
        var theirs = other.acquire(name, "{}").expect(200);
        other.release(name, theirs.field("token")).expect(204);
        assertThat(application.get("/" + name).json().get("held").booleanValue())
                .isTrue();
    }

    @Test
    void isForApplicationsAndThoseWhoManageThem() {
        for (var caller : List.of(application(ACME), new Caller.Operator(ACME), account("administrator"))) {
            api.as(caller).get("/" + name).expect(200);
            api.as(caller).get("").expect(200);
            var lock = api.as(caller).acquire(name, "{}").expect(200);
            api.as(caller).release(name, lock.field("token")).expect(204);
        }
        for (var path : List.of("/" + name, "")) {
            api.as(account("editor")).get(path).expect(403);
            api.as(new Caller.Anonymous(ACME)).get(path).expect(401);
        }
        api.as(account("editor")).acquire(name, "{}").expect(403);
        api.as(new Caller.Anonymous(ACME)).acquire(name, "{}").expect(401);
        var reader = api.as(application(ACME, Scope.Action.READ));
        reader.get("/" + name).expect(200);
        reader.acquire(name, "{}").expect(403);
        assertThat(application.get("/" + name).json().get("held").booleanValue())
                .isFalse();
    }

    @Test
    void listsTheLocksOfTheTenant() {
        stored.loseEverything();
        var names = IntStream.range(0, 120).mapToObj(i -> name + ".ü " + i).toList();
        names.forEach(it -> application
                .acquire(it.replace("ü ", "%C3%BC%20"), "{\"ttl_ms\":600000}")
                .expect(200));
        var freed = application.acquire(name, "{}").expect(200);
        application.release(name, freed.field("token")).expect(204);
        api.as(application(OTHER)).acquire(name + "-theirs", "{}").expect(200);

        var found = new ArrayList<String>();
        String query = "?limit=50";
        int pages = 0;
        while (!query.isEmpty()) {
            var page = application.get(query).expect(200).json();
            page.get("locks").forEach(it -> found.add(it.get("name").asString()));
            query = page.has("next_cursor")
                    ? "?limit=50&cursor=" + page.get("next_cursor").asString()
                    : "";
            pages++;
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(names);
        assertThat(pages).isEqualTo(3);
    }

    /** There can be any number of them. That a lock is there although its name has expired shows whether it is looked for. */
    @Test
    void aListDoesNotReadNamesThatHaveExpired() {
        stored.loseEverything();
        application.acquire(name, "{\"ttl_ms\":600000}").expect(200);
        stored.expireIndexedNames();
        application.acquire(name + "-2", "{\"ttl_ms\":600000}").expect(200);

        assertThat(application.get("").expect(200).json().get("locks"))
                .singleElement()
                .matches(lock -> lock.get("name").asString().equals(name + "-2"));
        stored.loseEverything();
    }

    private static Caller account(String role) {
        return new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of(role));
    }

    private static Instant time(LocksApi.Answer answer, String field) {
        return Instant.parse(answer.field(field));
    }

    private static Duration between(LocksApi.Answer answer, String from, String to) {
        return between(answer, from, answer, to);
    }

    private static Duration between(LocksApi.Answer first, String from, LocksApi.Answer last, String to) {
        return Duration.between(time(first, from), time(last, to));
    }
}
