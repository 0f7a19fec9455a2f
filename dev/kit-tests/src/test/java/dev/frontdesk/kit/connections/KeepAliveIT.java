package dev.frontdesk.kit.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.KitService;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.http.RawConnection;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Consecutive requests over one connection. */
@ConcurrentTestClass
class KeepAliveIT {

    @RestController
    static class Desk {
        private final Sinks.Empty<Void> done = Sinks.empty();
        private final CompletableFuture<Void> asked = new CompletableFuture<>();

        @GetMapping("/at-once")
        String atOnce() {
            return "at once";
        }

        @PostMapping("/at-once")
        String postedAtOnce() {
            return "at once";
        }

        @GetMapping("/later")
        Mono<String> later() {
            return done.asMono().doOnSubscribe(_ -> asked.complete(null)).thenReturn("later");
        }
    }

    private ConfigurableApplicationContext service;
    private Desk desk;
    private int port;

    @BeforeEach
    void start() {
        service = KitService.start(TestEnvironment.with(), context -> context.registerBean(Desk.class));
        desk = service.getBean(Desk.class);
        port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterEach
    void stop() {
        desk.done.tryEmitEmpty();
        service.close();
    }

    /** Reactor Netty before 1.3.8 stopped reading such a connection. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /at-once HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /at-once HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
            })
    void goesOnAfterARequestThatHasWaitedForItsTurn(String waiting) throws Exception {
        try (var connection = new RawConnection(port)) {
            connection.send(get("/later") + waiting);
            desk.asked.get(20, TimeUnit.SECONDS);
            desk.done.tryEmitEmpty();

            assertThat(connection.answer().body()).isEqualTo("later");
            assertThat(connection.answer().body()).isEqualTo("at once");
            assertThat(connection.send(get("/at-once")).answer().body()).isEqualTo("at once");
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }
}
