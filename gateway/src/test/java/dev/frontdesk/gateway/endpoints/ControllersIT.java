package dev.frontdesk.gateway.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/** The gateway's own endpoints beside those of the services. */
class ControllersIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Autowired
    private Environment spring;

    @Autowired
    private TestEnvironment environment;

    private static String path(String path) {
        return path.replace("{id}", UUID.randomUUID().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/usage",
                "/api/v1/usage/accounts/{id}",
                "/api/v1/admin/limits/accounts/{id}",
                "/api/v1/admin/limits/tenants/default"
            })
    void areServedByNoService(String path) {
        await().atMost(LONG)
                .until(() -> send(port, HttpMethod.GET, path(path)).getStatus().value() == 200);
        var head = send(port, HttpMethod.HEAD, path(path));
        assertThat(head.getStatus().value()).isEqualTo(200);
        assertThat(head.getResponseBodyContent()).isNullOrEmpty();
        var options = send(port, HttpMethod.OPTIONS, path(path));
        assertThat(options.getStatus().value()).isEqualTo(200);
        assertThat(options.getResponseHeaders().getFirst("Allow")).contains("GET");
        assertThat(registration.seen()).noneMatch(seen -> seen.uri().startsWith("/api"));
    }

    /** The management server inherits the mappings of the application. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/usage", "/api/v1/admin/limits/accounts/{id}", "/api/v1/admin/tenants", "/health/redis"})
    void areNotServedOnTheManagementPort(String path) {
        int management = spring.getRequiredProperty("local.management.port", Integer.class);
        assertThat(send(management, HttpMethod.GET, path(path)).getStatus().value())
                .isIn(401, 404);
        assertThat(registration.seen()).noneMatch(seen -> seen.uri().startsWith("/api"));
    }

    private EntityExchangeResult<byte[]> send(int to, HttpMethod method, String path) {
        return TestClients.at(to)
                .responseTimeout(LONG)
                .build()
                .method(method)
                .uri(path)
                .header("X-API-Key", environment.variable("FRONTDESK_OPERATOR_KEY"))
                .exchange()
                .expectBody()
                .returnResult();
    }
}
