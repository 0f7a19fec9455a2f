package dev.frontdesk.registration.tenants;

import static dev.frontdesk.registration.Visitor.json;
import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.TenantPage;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.tenants.TenantKeys;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How gateways learn of tenants. */
@RunningService
class TenantCopiesIT {

    private static final String TENANTS = "/api/v1/admin/tenants";
    private static final Caller OPERATOR = new Caller.Operator(TenantId.DEFAULT);
    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private Visitor visitor;

    @Autowired
    private Members members;

    @Autowired
    private TenantCopies copies;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    private final String id = "t" + UUID.randomUUID().toString().substring(0, 13);

    @Test
    void listsAllTenantsForServicesAlone() {
        // More than a page.
        verifyEnded(database.sql("""
                        INSERT INTO tenants (id, name, plan, created_at, updated_at)
                        SELECT :id || '-' || i, 'Acme', 'standard', now(), now() FROM generate_series(1, 600) AS i
                        """).bind("id", id).then()).verifyComplete();
        create();
        visitor.post(TENANTS + "/" + id + "/suspend", OPERATOR, null)
                .expectStatus()
                .isNoContent();
        members.send(HttpMethod.DELETE, TENANTS + "/" + id + "-7", OPERATOR, null)
                .expectStatus()
                .isNoContent();

        var all = new ArrayList<JsonNode>();
        @Nullable String next = null;
        do {
            JsonNode page =
                    json(visitor.get(next == null ? TenantPage.PATH : TenantPage.PATH + "?after=" + next, GATEWAY)
                            .expectStatus()
                            .isOk());
            page.get("tenants").forEach(all::add);
            next = page.has("next") ? page.get("next").asString() : null;
        } while (next != null);

        assertThat(all).extracting(tenant -> tenant.get("id").asString()).doesNotHaveDuplicates();
        assertThat(all)
                .filteredOn(tenant -> tenant.get("id").asString().startsWith(id))
                .hasSize(601);
        assertThat(statusIn(all, "default")).isEqualTo("active");
        assertThat(statusIn(all, id)).isEqualTo("suspended");
        assertThat(statusIn(all, id + "-7")).isEqualTo("deleted");
        visitor.get(TenantPage.PATH, OPERATOR).expectStatus().isUnauthorized();
        visitor.get(TenantPage.PATH + "?after=A%20B", GATEWAY).expectStatus().isBadRequest();
    }

    @Test
    void tellsEveryChangeAtOnceAndKeepsACopy() {
        var told = redis.listenToChannelLater(TenantKeys.changes(keys))
                .blockOptional(SOON)
                .orElseThrow()
                .map(message -> new JsonMapper().readTree(message.getMessage()))
                .filter(tenant -> tenant.get("id").asString().equals(id))
                .map(tenant ->
                        tenant.get("version") + " " + tenant.get("status").asString())
                .take(4)
                .collectList()
                .toFuture();

        create();
        assertThat(copied()).isEqualTo("1 active");
        visitor.post(TENANTS + "/" + id + "/suspend", OPERATOR, null);
        assertThat(copied()).isEqualTo("2 suspended");
        visitor.post(TENANTS + "/" + id + "/resume", OPERATOR, null);
        members.send(HttpMethod.DELETE, TENANTS + "/" + id, OPERATOR, null);
        assertThat(copied()).isEqualTo("4 deleted");

        assertThat(told).succeedsWithin(SOON).isEqualTo(List.of("1 active", "2 suspended", "3 active", "4 deleted"));
    }

    @Test
    void restoresALostCopyAndReplacesNoNewerTenant() {
        create();
        String newer = new JsonMapper().writeValueAsString(Map.of("id", "default", "version", 1_000_000));
        verifyEnded(redis.delete(TenantKeys.copy(keys))
                        .then(redis.opsForHash().put(TenantKeys.copy(keys), "default", newer))
                        .then())
                .verifyComplete();

        verifyEnded(copies.copyAll()).verifyComplete();

        var copy = redis.<String, String>opsForHash()
                .entries(TenantKeys.copy(keys))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .blockOptional(SOON)
                .orElseThrow();
        assertThat(copy).containsKeys(id, TenantKeys.COMPLETE).containsEntry("default", newer);
        verifyEnded(redis.delete(TenantKeys.copy(keys)).then()).verifyComplete();
    }

    private void create() {
        visitor.post(TENANTS, OPERATOR, Map.of("id", id, "name", "Acme"))
                .expectStatus()
                .isCreated();
    }

    /** The copy of the tenant: its version and status. */
    private String copied() {
        var copy = new JsonMapper()
                .readValue(
                        redis.<String, String>opsForHash()
                                .get(TenantKeys.copy(keys), id)
                                .blockOptional(SOON)
                                .orElseThrow(),
                        JsonNode.class);
        return copy.get("version") + " " + copy.get("status").asString();
    }

    private static String statusIn(List<JsonNode> tenants, String id) {
        return tenants.stream()
                .filter(tenant -> tenant.get("id").asString().equals(id))
                .map(tenant -> tenant.get("status").asString())
                .findFirst()
                .orElse("missing");
    }
}
