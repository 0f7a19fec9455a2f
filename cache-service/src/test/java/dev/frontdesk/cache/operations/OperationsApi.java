package dev.frontdesk.cache.operations;

import static dev.frontdesk.cache.CacheClient.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.cache.CacheClient.Answer;
import dev.frontdesk.cache.CacheClient.Calls;
import dev.frontdesk.contracts.identity.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** What tests of operations ask for. */
final class OperationsApi {

    private static final int BATCH = 100;

    private final CacheClient client;

    OperationsApi(CacheClient client) {
        this.client = client;
    }

    static TenantId newTenant() {
        return new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    }

    Calls as(TenantId tenant) {
        return client.as(application(tenant));
    }

    static Answer warmUp(Calls calls, String namespace, Collection<String> keys) {
        return calls.post(
                namespace + "/warm-up",
                keys.stream().map(key -> "\"" + key + "\"").collect(Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    /** {@code k0}, {@code k1} and so on. */
    static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).toList();
    }

    static void store(Calls calls, String namespace, Collection<String> keys) {
        var all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += BATCH) {
            calls.post(
                            namespace + "/mset",
                            all.subList(from, Math.min(all.size(), from + BATCH)).stream()
                                    .map(key -> "{\"key\":\"" + key + "\",\"value\":1}")
                                    .collect(Collectors.joining(",", "{\"entries\":[", "]}")))
                    .expect(200);
        }
    }

    static String id(Answer accepted) {
        String id = accepted.expect(202).json().path("id").asString();
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/cache-operations/" + id);
        return id;
    }

    static Answer show(Calls calls, String id) {
        return calls.send("GET", "cache-operations/" + id, null);
    }

    static Answer cancel(Calls calls, String id) {
        return calls.send("DELETE", "cache-operations/" + id, null);
    }

    /** The operation when it has ended. */
    static JsonNode ended(Calls calls, String id) {
        return await().until(() -> show(calls, id).expect(200).json(), it -> it.has("ended_at"));
    }
}
