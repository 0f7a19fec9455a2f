package dev.frontdesk.cache.operations;

import static dev.frontdesk.cache.operations.OperationsApi.cancel;
import static dev.frontdesk.cache.operations.OperationsApi.id;
import static dev.frontdesk.cache.operations.OperationsApi.newTenant;
import static dev.frontdesk.cache.operations.OperationsApi.show;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.cache.CacheClient.Calls;
import dev.frontdesk.cache.entries.StoredEntries;
import dev.frontdesk.cache.operations.Progress.Next;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** The worker of this instance is stopped: the tests claim operations as it would. */
@RunningOperations
@WithServers(REDIS_CLUSTER)
abstract class StoppedWorker {

    static final Duration LONG = Duration.ofHours(1);

    final TenantId tenant = newTenant();
    Calls api;

    @Autowired
    StoredOperations stored;

    @Autowired
    OperationWorker worker;

    @Autowired
    OperationsApi operations;

    @Autowired
    StoredEntries entries;

    @BeforeEach
    void stopsTheWorker() {
        api = operations.as(tenant);
        worker.stop();
    }

    /** None may be left to the next test. */
    @AfterEach
    void startsTheWorker() {
        worker.start();
        for (var operation : requireNonNull(stored.all(tenant).block())) {
            stored.cancel(tenant, operation.id()).block();
        }
    }

    String deletion() {
        return deletion(tenant);
    }

    String deletion(TenantId owner) {
        return requireNonNull(stored.create(NewOperation.deletion(owner, "n", "*", 500))
                        .block())
                .id()
                .toString();
    }

    Turn claim(Duration lease) {
        return requireNonNull(stored.claim(lease, 10).block());
    }

    Turn.Claimed claimed() {
        return (Turn.Claimed) claim(LONG);
    }

    boolean store(Turn.Claimed claimed, Next next, long changed) {
        return requireNonNull(stored.store(claimed, new Progress(next, changed, changed, 0))
                .block());
    }

    String state(String id) {
        return show(api, id).expect(200).json().path("state").asString();
    }
}
