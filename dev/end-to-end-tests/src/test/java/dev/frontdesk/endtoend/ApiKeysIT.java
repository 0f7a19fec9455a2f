package dev.frontdesk.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Tenant;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A tenant's own keys, from their creation to their revocation. */
@WithStack
class ApiKeysIT {

    private static final String KEYS = "/api/v1/api-keys";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalStack stack;
    private final Gateway gateway;
    private final Tenant tenant;
    private final String[] operator;
    private final String path = "/api/v1/cache/menu/" + UUID.randomUUID();

    ApiKeysIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = new Gateway(stack.gatewayUrl());
        this.tenant = Tenant.created(stack);
        this.operator = new String[] {"X-API-Key", stack.operatorKey(), "X-Tenant-Id", tenant.id()};
    }

    @Test
    void doesWhatItsScopesSayInItsOwnTenant() {
        String key = textOf(add("cache:write"));

        gateway.put(path, "soup".getBytes(UTF_8), "X-API-Key", key).expect(201);
        assertThat(gateway.get(path, "Authorization", "Bearer " + key)
                        .expect(200)
                        .text())
                .isEqualTo("soup");
        gateway.get(path, operator).expect(200);
        gateway.get(path, "X-API-Key", stack.operatorKey()).expectProblem(ProblemType.NOT_FOUND);
        gateway.get("/api/v1/queues", "X-API-Key", key).expectProblem(ProblemType.FORBIDDEN);
        gateway.get(path, "X-API-Key", key, "X-Tenant-Id", "default").expectProblem(ProblemType.FORBIDDEN);
    }

    @Test
    void limitsTheSessionThatItIsShownWith() {
        var session = Person.withAccount(stack, tenant.id()).logsIn();
        String reading = textOf(add("profile:read"));

        String[] both = {"Authorization", "Bearer " + session.token(), "X-API-Key", reading};
        gateway.get("/api/v1/users/me", both).expect(200);
        gateway.get("/api/v1/sessions", both).expectProblem(ProblemType.FORBIDDEN);
        session.get("/api/v1/sessions").expect(200);
    }

    @Test
    void changesItsSecretWithoutAPauseAndIsRefusedOnceItIsRevoked() {
        JsonNode added = add("cache:read");
        String first = textOf(added);
        String id = added.get("id").asString();
        assertThat(statusWith(first)).isEqualTo(404);

        String second =
                textOf(gateway.post(KEYS + "/" + id + "/rotate", "{}", operator).json());
        assertThat(statusWith(second)).isEqualTo(404);
        assertThat(statusWith(first)).isEqualTo(404);

        gateway.delete(KEYS + "/" + id, operator).expect(204);
        await().atMost(PATIENCE).until(() -> statusWith(second) == 401 && statusWith(first) == 401);
    }

    @Test
    void isRefusedWhileItsTenantIsSuspended() {
        String key = textOf(add("cache:read"));
        assertThat(statusWith(key)).isEqualTo(404);

        tenant.suspend();
        gateway.get(path, "X-API-Key", key).expectProblem(ProblemType.TENANT_SUSPENDED);
        tenant.resume();

        assertThat(statusWith(key)).isEqualTo(404);
    }

    private JsonNode add(String scope) {
        return gateway.post(KEYS, "{\"name\":\"shop\",\"scopes\":[\"" + scope + "\"]}", operator)
                .expect(201)
                .json();
    }

    private String textOf(JsonNode answer) {
        return stack.mustNotTell(answer.get("key").asString());
    }

    /** Of an entry that does not exist: 404 if the key is accepted. */
    private int statusWith(String key) {
        return gateway.get(path, "X-API-Key", key).status();
    }
}
