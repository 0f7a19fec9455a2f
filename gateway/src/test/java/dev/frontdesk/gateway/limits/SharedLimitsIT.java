package dev.frontdesk.gateway.limits;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.KnownCallers;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/** Two gateways share the limits of an API key. */
@TestPropertySource(
        properties = {
            // Only the windows, and no local decision on a slow machine.
            "frontdesk.gateway.limits.api-key.refill=0",
            "frontdesk.gateway.limits.api-key.capacity=0",
            "frontdesk.gateway.limits.answer-within=20s",
        })
@WithServers({REDIS_CLUSTER, KAFKA})
class SharedLimitsIT extends RunningGateway {

    private static final int LIMIT = 137;
    private static final int CALLS = 400;

    @Autowired
    private TestEnvironment environment;

    private final KnownCallers callers;

    SharedLimitsIT(@Autowired JsonMapper json) {
        this.callers = new KnownCallers(json);
    }

    static Stream<Quotas> quotas() {
        return Stream.of(
                new Quotas((long) LIMIT, 1000L, 10_000L),
                new Quotas(1000L, (long) LIMIT, 10_000L),
                new Quotas(1000L, 1000L, (long) LIMIT));
    }

    @ParameterizedTest
    @MethodSource("quotas")
    void letExactlyTheLimitPassOfParallelCalls(Quotas quotas) {
        registration.answers(callers::answer);
        String key = callers.key("acme", quotas, "cache:read").text();
        var connections = ConnectionProvider.create("parallel", CALLS);
        try (var twin = Instances.gateway(
                environment,
                registration.url(),
                "frontdesk.gateway.limits.api-key.refill=0",
                "frontdesk.gateway.limits.api-key.capacity=0",
                "frontdesk.gateway.limits.answer-within=20s")) {
            int other = Instances.port(twin);
            List<Integer> statuses = Flux.range(0, CALLS)
                    .flatMap(i -> call(connections, i % 2 == 0 ? port : other, key), CALLS)
                    .collectList()
                    .blockOptional()
                    .orElseThrow();

            assertThat(statuses).containsOnly(200, 429);
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(LIMIT);
        } finally {
            connections.dispose();
        }
    }

    private static Mono<Integer> call(ConnectionProvider connections, int port, String key) {
        return HttpClient.create(connections)
                .headers(headers -> headers.set("X-API-Key", key))
                .get()
                .uri("http://127.0.0.1:" + port + "/api/v1/cache/names/a")
                .response()
                .map(answer -> answer.status().code());
    }
}
