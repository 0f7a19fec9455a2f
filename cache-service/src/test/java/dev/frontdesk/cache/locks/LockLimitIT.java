package dev.frontdesk.cache.locks;

import static dev.frontdesk.cache.locks.LocksApi.OTHER;
import static dev.frontdesk.cache.locks.LocksApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A tenant may hold two locks in each partition here. */
@RunningLocks
@TestPropertySource(properties = "frontdesk.cache.locks.max-per-tenant=6")
@WithServers(REDIS_CLUSTER)
class LockLimitIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WAITING = "{\"ttl_ms\":600000,\"wait_ms\":30000}";

    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));

    /** Of one partition. */
    private final List<String> names = namesIn(new Partition(7));

    private final LocksApi api;
    private final LocksApi.Calls application;

    LockLimitIT(@Autowired LocksApi api) {
        this.api = api;
        this.application = api.as(application(tenant));
    }

    private List<String> namesIn(Partition partition) {
        return Stream.generate(() -> UUID.randomUUID().toString())
                .filter(name -> LockKeys.partition(tenant, new LockName(name)).equals(partition))
                .limit(3)
                .toList();
    }

    @Test
    void refusesMoreLocksThanATenantMayHold() {
        application.acquire(names.get(1), "{\"ttl_ms\":600000}").expect(200);
        String body = "{\"ttl_ms\":600000,\"token\":\"" + LockToken.random().text() + "\"}";
        var first = application.acquire(names.getFirst(), body).expect(200);

        // A request does not wait for that either.
        for (String wanted : List.of("{}", WAITING)) {
            assertThat(application
                            .acquire(names.getLast(), wanted)
                            .expect(507)
                            .problem())
                    .isEqualTo("quota-exceeded");
        }
        assertThat(application.get("/" + names.getLast()).json().get("held").booleanValue())
                .isFalse();

        // What it holds is not affected, nor are others.
        application.acquire(names.getFirst(), body).expect(200);
        application.acquire(names.getFirst(), "{}").expect(409);
        application.renew(names.getFirst(), first.field("token"), 600_000).expect(200);
        api.as(application(OTHER)).acquire(names.getLast(), "{\"ttl_ms\":1000}").expect(200);

        application.release(names.getFirst(), first.field("token")).expect(204);
        application.acquire(names.getLast(), "{}").expect(200);
    }

    @Test
    void locksThatHaveExpiredDoNotCount() {
        application.acquire(names.getFirst(), "{\"ttl_ms\":600000}").expect(200);
        application.acquire(names.get(1), "{\"ttl_ms\":1000}").expect(200);

        await().atMost(PATIENCE)
                .until(() -> application.acquire(names.getLast(), "{}").status() == 200);
    }
}
