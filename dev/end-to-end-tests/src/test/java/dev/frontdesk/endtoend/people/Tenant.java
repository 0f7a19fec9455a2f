package dev.frontdesk.endtoend.people;

import static org.awaitility.Awaitility.await;

import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.stack.LocalStack;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A tenant that an operator creates. */
public final class Tenant {

    private static final String TENANTS = "/api/v1/admin/tenants";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Gateway gateway;
    private final String[] operator;
    private final String id = "t" + UUID.randomUUID().toString().substring(0, 13);

    private Tenant(LocalStack stack) {
        this.gateway = new Gateway(stack.gatewayUrl());
        this.operator = new String[] {"X-API-Key", stack.operatorKey()};
    }

    /** A new tenant that the gateway knows. */
    public static Tenant created(LocalStack stack) {
        var tenant = new Tenant(stack);
        String body = JsonMapper.shared().writeValueAsString(Map.of("id", tenant.id, "name", "Acme"));
        tenant.gateway.post(TENANTS, body, tenant.operator).expect(201);
        tenant.awaitStatus(401);
        return tenant;
    }

    public String id() {
        return id;
    }

    public void suspend() {
        gateway.post(TENANTS + "/" + id + "/suspend", "", operator).expect(204);
        awaitStatus(403);
    }

    public void resume() {
        gateway.post(TENANTS + "/" + id + "/resume", "", operator).expect(204);
        awaitStatus(401);
    }

    public void delete() {
        gateway.delete(TENANTS + "/" + id, operator).expect(204);
        awaitStatus(404);
    }

    /** A call in this tenant without a credential, at an endpoint that needs one. */
    public Answer call() {
        return gateway.get("/api/v1/users/me", "X-Tenant-Id", id);
    }

    private void awaitStatus(int status) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> call().status() == status);
    }
}
