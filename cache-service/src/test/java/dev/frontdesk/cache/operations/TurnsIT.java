package dev.frontdesk.cache.operations;

import static dev.frontdesk.cache.operations.OperationsApi.cancel;
import static dev.frontdesk.cache.operations.OperationsApi.ended;
import static dev.frontdesk.cache.operations.OperationsApi.id;
import static dev.frontdesk.cache.operations.OperationsApi.keys;
import static dev.frontdesk.cache.operations.OperationsApi.newTenant;
import static dev.frontdesk.cache.operations.OperationsApi.show;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.cache.SecondInstance;
import dev.frontdesk.cache.entries.StoredEntries;
import dev.frontdesk.cache.operations.Progress.Next;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TurnsIT extends StoppedWorker {

    @Autowired
    private DeletionWork deletions;

    @Autowired
    private TestEnvironment servers;

    /** As one that was killed: it has done a part, has claimed the next one, and never stores anything. */
    @Test
    void areContinuedWhenAnInstanceDies() {
        OperationsApi.store(api, "n", keys(2500));
        String id = id(api.delete("n?pattern=*"));
        var first = claimed();
        assertThat(stored.store(first, requireNonNull(deletions.next(first).block())).block())
                .isTrue();
        long deleted = show(api, id).json().path("deleted_count").asLong();
        assertThat(deleted).isBetween(1000L, 2499L);
        var dead = (Turn.Claimed) claim(Duration.ofSeconds(2));
        assertThat(dead.cursor()).isNotEmpty();

        try (var _ = new SecondInstance(servers)) {
            var ended = ended(api, id);

            assertThat(ended.path("state").asString()).isEqualTo("done");
            assertThat(ended.path("deleted_count").asInt()).isEqualTo(2500);
            assertThat(ended.path("done_count").asInt()).isEqualTo(2500);
        }
        assertThat(entries.counted(tenant.toString())).isEqualTo(new StoredEntries.Usage(0, 0));
        assertThat(store(dead, new Next.At("0 0", Duration.ZERO), 1)).isFalse();
        assertThat(show(api, id).json().path("deleted_count").asInt()).isEqualTo(2500);
    }

    @Test
    void areWorkedOnByOneAtATime() {
        String id = deletion();
        deletion();
        var claimed = claimed();

        assertThat(claim(LONG)).isInstanceOf(Turn.None.class);
        assertThat(state(id)).isEqualTo("running");
        assertThat(store(claimed, new Next.At("1 0", Duration.ZERO), 5)).isTrue();
        assertThat(store(claimed, new Next.At("1 0", Duration.ZERO), 5)).isFalse();
        assertThat(show(api, id).json().path("deleted_count").asInt()).isEqualTo(5);
    }

    @Test
    void aWorkerThatLostItsLeaseStoresNothing() {
        String id = deletion();
        var slow = (Turn.Claimed) claim(Duration.ofMillis(1));
        var next = claimAgain();

        assertThat(next.id()).isEqualTo(slow.id());
        assertThat(store(slow, new Next.Done(), 7)).isFalse();
        assertThat(state(id)).isEqualTo("running");
        assertThat(store(next, new Next.Done(), 3)).isTrue();
        assertThat(show(api, id).json().path("deleted_count").asInt()).isEqualTo(3);
        assertThat(state(id)).isEqualTo("done");
    }

    private Turn.Claimed claimAgain() {
        return (Turn.Claimed) await()
                .pollDelay(Duration.ZERO)
                .until(() -> claim(LONG), Turn.Claimed.class::isInstance);
    }

    @Test
    void failAfterManyAttemptsWithoutProgress() {
        String id = deletion();
        for (int attempt = 0; attempt < 10; attempt++) {
            await()
                    .pollDelay(Duration.ZERO)
                    .until(() -> claim(Duration.ofMillis(1)), Turn.Claimed.class::isInstance);
        }

        await().until(() -> claim(LONG) instanceof Turn.None && state(id).equals("failed"));
        assertThat(show(api, id).json().path("detail").asString()).contains("without progress");
    }

    @Test
    void ofATenantTakeTurns() {
        String first = deletion();
        String second = deletion();

        var turns = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            var claimed = claimed();
            turns.add(claimed.id().toString());
            store(claimed, new Next.At("1 " + i, Duration.ZERO), 0);
        }

        assertThat(turns).containsExactly(first, second, first, second);
    }

    /** The pause bounds the load of the tenant: another operation of it waits, too. */
    @Test
    void pauseAsLongAsTheWorkerSays() {
        deletion();
        deletion();
        store(claimed(), new Next.At("1 0", LONG), 0);

        assertThat(claim(LONG)).isInstanceOfSatisfying(Turn.None.class, none -> assertThat(none.dueIn())
                .isBetween(LONG.minusMinutes(10), LONG));
    }

    /** However many operations one of them has, and whenever it asked for them. */
    @Test
    void ofTenantsTakeTurns() {
        var other = newTenant();
        for (int i = 0; i < 3; i++) {
            deletion();
        }
        String others = deletion(other);

        var turns = new ArrayList<TenantId>();
        for (int i = 0; i < 4; i++) {
            var claimed = claimed();
            turns.add(claimed.tenant());
            assertThat(store(claimed, new Next.At("1 0", Duration.ZERO), 0)).isTrue();
        }

        assertThat(turns).containsExactly(tenant, other, tenant, other);
        cancel(operations.as(other), others).expect(204);
    }

    @Test
    void ofTwoTenantsAreWorkedOnAtOnce() {
        var other = newTenant();
        deletion();
        String others = deletion(other);

        assertThat(List.of(claimed().tenant(), claimed().tenant())).containsExactly(tenant, other);
        assertThat(claim(LONG)).isInstanceOf(Turn.None.class);
        cancel(operations.as(other), others).expect(204);
    }
}
