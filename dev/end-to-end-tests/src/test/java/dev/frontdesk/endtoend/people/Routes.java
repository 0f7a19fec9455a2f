package dev.frontdesk.endtoend.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.stack.LocalStack;

/** Routes to the sample application that an operator adds. */
public final class Routes {

    private static final String ROUTES = "/api/v1/admin/routes/";

    private final Gateway gateway;
    private final String sample;
    private final String operatorKey;

    public Routes(LocalStack stack) {
        this.gateway = Gateway.notOurs(stack.gatewayUrl());
        this.sample = stack.sampleUrl().toString();
        this.operatorKey = stack.operatorKey();
    }

    /** A route for all callers, with the paths below its id; the gateway has it when this returns. */
    public void put(String id, String fields) {
        String route = """
                {"paths": ["/%1$s/**"], "strip_prefix": "/%1$s", "upstreams": [{"url": "%2$s"}],
                 "allow": {"anonymous": true}, %3$s}""".formatted(id, sample, fields);
        var answer = gateway.put(
                ROUTES + id, route.getBytes(UTF_8), "X-API-Key", operatorKey, "Content-Type", "application/json");
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    }

    public void remove(String id) {
        gateway.delete(ROUTES + id, "X-API-Key", operatorKey).expect(204);
    }
}
