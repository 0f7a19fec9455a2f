package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Tenant;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a tenant is told of its requests, also after its gateway was killed. */
@WithStack
class UsageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WRITTEN = 20;
    private static final int LOST_AT_MOST = 10;
    private static final int AFTERWARDS = 15;

    private final LocalStack stack;
    private final Gateway gateway;
    private final String[] operator;

    UsageIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = new Gateway(stack.gatewayUrl());
        this.operator = new String[] {
            "X-API-Key",
            stack.operatorKey(),
            "X-Tenant-Id",
            Tenant.created(stack).id()
        };
    }

    @Test
    void losesOnlyWhatAKilledGatewayHadNotWritten() {
        var added = gateway.post("/api/v1/api-keys", """
                {"name":"shop","scopes":["cache:read"]}""", operator).expect(201).json();
        String key = stack.mustNotTell(added.get("key").asString());
        String usage = "/api/v1/usage/api-keys/" + added.get("id").asString();
        call(key, WRITTEN);
        await().atMost(PATIENCE).until(() -> requests(usage) == WRITTEN);

        call(key, LOST_AT_MOST);
        stack.kill("GATEWAY");
        stack.startAgain("GATEWAY");

        long before = requests(usage);
        assertThat(before).isBetween((long) WRITTEN, (long) WRITTEN + LOST_AT_MOST);
        call(key, AFTERWARDS);
        await().atMost(PATIENCE).until(() -> requests(usage) == before + AFTERWARDS);
    }

    private void call(String key, int times) {
        for (int i = 0; i < times; i++) {
            gateway.get("/api/v1/cache/menu/" + UUID.randomUUID(), "X-API-Key", key)
                    .expect(404);
        }
    }

    private long requests(String usage) {
        return gateway.get(usage, operator)
                .expect(200)
                .json()
                .get("request_count")
                .asLong();
    }
}
