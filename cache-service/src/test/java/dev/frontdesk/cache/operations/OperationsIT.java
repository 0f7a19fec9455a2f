package dev.frontdesk.cache.operations;

import static dev.frontdesk.cache.operations.OperationsApi.cancel;
import static dev.frontdesk.cache.operations.OperationsApi.ended;
import static dev.frontdesk.cache.operations.OperationsApi.id;
import static dev.frontdesk.cache.operations.OperationsApi.keys;
import static dev.frontdesk.cache.operations.OperationsApi.newTenant;
import static dev.frontdesk.cache.operations.OperationsApi.show;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.cache.operations.Progress.Next;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OperationsIT extends StoppedWorker {

    private static final int MOST_OPEN = 10;

    @Test
    void failWithoutTheOrigin() {
        api.set("n", "{\"origin\":{\"url\":\"https://example.com/{key}\"}}").expect(201);
        String id = id(OperationsApi.warmUp(api, "n", keys(3)));
        api.send("DELETE", "cache-namespaces/n", null).expect(204);

        worker.start();
        var ended = ended(api, id);
        worker.stop();

        assertThat(ended.path("state").asString()).isEqualTo("failed");
        assertThat(ended.path("detail").asString()).contains("no origin");
        assertThat(ended.path("done_count").asInt()).isZero();
    }

    @Test
    void canBeCancelled() {
        String waiting = deletion();
        String running = deletion();
        cancel(api, waiting).expect(204);
        var claimed = claimed();
        assertThat(claimed.id()).hasToString(running);
        cancel(api, running).expect(204);

        assertThat(state(waiting)).isEqualTo("cancelled");
        assertThat(store(claimed, new Next.Done(), 9)).isFalse();
        assertThat(state(running)).isEqualTo("cancelled");
        assertThat(show(api, running).json().has("ended_at")).isTrue();
        assertThat(cancel(api, running).expect(409).problem()).isEqualTo("conflict");
        assertThat(claim(LONG)).isInstanceOf(Turn.None.class);
        cancel(api, UUID.randomUUID().toString()).expect(404);
        cancel(api, "none").expect(404);

        String next = deletion();
        assertThat(claimed().id()).hasToString(next);
    }

    /** Not only when the lease of the cancelled one would have ended. */
    @Test
    void aCancelledOneMakesWayForTheNext() {
        String first = deletion();
        String second = deletion();
        assertThat(claimed().id()).hasToString(first);

        cancel(api, first).expect(204);

        assertThat(claimed().id()).hasToString(second);
    }

    @Test
    void areBoundedForATenant() {
        OperationsApi.store(api, "n", keys(101));
        String first = id(api.delete("n?pattern=*"));
        for (int i = 1; i < MOST_OPEN; i++) {
            id(api.delete("n?pattern=*"));
        }

        var refused = api.delete("n?pattern=*").expect(409);
        assertThat(refused.json().path("detail").asString()).contains("at most 10 operations");
        assertThat(entries.counted(tenant.toString()).keys()).isEqualTo(101);
        cancel(api, first).expect(204);
        id(api.delete("n?pattern=*"));
        api.delete("n?pattern=*").expect(409);
    }

    @Test
    void areListedNewestFirst() {
        var created = new ArrayList<String>();
        for (int i = 0; i < StoredOperations.MOST_LISTED + 3; i++) {
            String id = deletion();
            created.addFirst(id);
            if (i > 1) {
                cancel(api, id).expect(204);
            }
        }

        var listed = api.send("GET", "cache-operations", null).expect(200).json().path("operations");

        assertThat(listed.findValuesAsString("id")).hasSize(StoredOperations.MOST_LISTED);
        assertThat(listed.path(0).path("id").asString()).isEqualTo(created.getFirst());
        // Those that are open are never forgotten.
        assertThat(listed.findValuesAsString("id")).contains(created.removeLast(), created.removeLast());
        show(api, created.getLast()).expect(404);
    }

    @Test
    void areHiddenFromOtherTenants() {
        String id = deletion();
        var stranger = operations.as(newTenant());

        show(stranger, id).expect(404);
        cancel(stranger, id).expect(404);
        assertThat(stranger.send("GET", "cache-operations", null).expect(200).body()).doesNotContain(id);
        assertThat(state(id)).isEqualTo("waiting");
    }

    @Test
    void allHaveATimeToLive() {
        String id = deletion();
        stored.create(NewOperation.warmUp(tenant, "n", keys(3))).block();
        assertThat(entries.timesToLive())
                .containsKeys(
                        tenant + ":cache-operation:" + id, tenant + ":cache-operations:open", tenant + ":cache-operations:by-time")
                .allSatisfy((key, left) -> assertThat(left).as(key).isPositive());
        cancel(api, id).expect(204);
        var claimed = claimed();
        store(claimed, new Next.Done(), 0);

        assertThat(entries.timesToLive())
                .containsKey(tenant + ":cache-operation:" + id)
                .allSatisfy((key, left) -> assertThat(left).as(key).isPositive());
        assertThat(entries.timesToLive().keySet()).noneMatch(key -> key.contains("cache-operation-keys"));
    }
}
