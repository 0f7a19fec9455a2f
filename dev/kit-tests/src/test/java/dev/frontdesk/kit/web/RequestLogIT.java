package dev.frontdesk.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.KitApplication;
import dev.frontdesk.kit.direct.DirectHandler;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.logs.LogCapture;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@WithServers
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(RequestLogIT.Shelf.class)
class RequestLogIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @RestController
    static class Shelf {

        @Takes(query = "token")
        @GetMapping("/shelf/{book}")
        String book(@PathVariable String book) {
            return book;
        }

        @DirectHandler
        @Takes(query = "token")
        @GetMapping("/direct/{book}")
        Mono<Void> direct(ServerWebExchange exchange) {
            return exchange.getResponse().setComplete();
        }
    }

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @Autowired
    private IdentityAssertions assertions;

    @LocalServerPort
    private int port;

    @Test
    void tellsRouteStatusAndTraceAndNothingThatTheClientWrote() {
        get("/shelf/private-diary?token=hunter2-hunter2", 200);
        get("/direct/private-diary?token=hunter2-hunter2", 200);
        get("/private-nothing", 404);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(logs.lines())
                        .anyMatch(line -> line.contains("GET /shelf/{book} 200") && line.contains(TRACE))
                        .anyMatch(line -> line.contains("GET /direct/{book} 200") && line.contains(TRACE))
                        .anyMatch(line -> line.contains("GET (no route) 404") && line.contains(TRACE)));
        assertThat(logs.lines()).noneMatch(line -> line.contains("private-") || line.contains("hunter2"));
    }

    private void get(String path, int status) {
        TestClients.at(port)
                .build()
                .get()
                .uri(path)
                .header(Headers.IDENTITY, assertions.sign(new Caller.Anonymous(TenantId.DEFAULT)))
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }
}
