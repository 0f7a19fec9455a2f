package dev.frontdesk.kit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.KitService;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The life of an instance from the stop signal to its end; each step is held until the test has seen it. */
class DrainIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    @RestController
    static class Desk {
        private final Sinks.Empty<Void> done = Sinks.empty();
        private final CompletableFuture<Void> asked = new CompletableFuture<>();

        @GetMapping("/quick")
        String quick() {
            return "quick";
        }

        @GetMapping("/slow")
        Mono<String> slow() {
            return done.asMono().doOnSubscribe(_ -> asked.complete(null)).thenReturn("slow");
        }
    }

    /** Holds the first phase of the stop, as the wait does, until the test releases it. */
    static class Held implements SmartLifecycle {
        private final CompletableFuture<Void> asked = new CompletableFuture<>();
        private final CompletableFuture<Void> released = new CompletableFuture<>();
        private volatile boolean running;

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop(Runnable stopped) {
            running = false;
            asked.complete(null);
            released.thenRun(stopped);
        }

        @Override
        public void stop() {
            stop(() -> {});
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return LifecyclePhases.DRAIN;
        }

        void letGo() {
            released.complete(null);
        }
    }

    private ConfigurableApplicationContext service;
    private Desk desk;
    private Held held;
    private int port;
    private int managementPort;

    @BeforeEach
    void start() {
        service = KitService.start(TestEnvironment.with(), context -> {
            context.registerBean(Desk.class);
            context.registerBean(Held.class);
        });
        desk = service.getBean(Desk.class);
        held = service.getBean(Held.class);
        port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        managementPort = service.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    @AfterEach
    void stop() {
        desk.done.tryEmitEmpty();
        held.letGo();
        service.close();
    }

    @Test
    void servesRequestsAndAsksClientsToDisconnect() throws Exception {
        try (var client = new RawClient(port)) {
            assertThat(client.get("/quick")).contains("200 OK").doesNotContainIgnoringCase("connection: close");
            CompletableFuture<Void> closed = CompletableFuture.runAsync(service::close, Thread::startVirtualThread);

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(probe("readiness")).contains("503"));
            assertThat(probe("liveness")).contains("200 OK");
            // The connection from before, with one more response.
            assertThat(client.lastAnswer("/quick")).contains("200 OK").containsIgnoringCase("connection: close");
            assertThat(lastAnswer("/nothing")).contains("404").containsIgnoringCase("connection: close");
            assertThat(lastAnswer("no path")).contains("400").containsIgnoringCase("connection: close");

            held.letGo();
            closed.get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void answersWhatIsUnderWayAfterItHasStoppedListening() throws Exception {
        try (var client = new RawClient(port)) {
            client.send("/slow");
            desk.asked.get(LONG.toSeconds(), TimeUnit.SECONDS);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(service::close, Thread::startVirtualThread);
            held.asked.get(LONG.toSeconds(), TimeUnit.SECONDS);

            held.letGo();
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(ConnectException.class));
            assertThat(probe("readiness")).contains("503");
            assertThat(probe("liveness")).contains("200 OK");

            desk.done.tryEmitEmpty();
            assertThat(client.readToTheEnd()).contains("200 OK").containsIgnoringCase("connection: close");
            closed.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private String lastAnswer(String path) throws Exception {
        try (var client = new RawClient(port)) {
            return client.lastAnswer(path);
        }
    }

    private String probe(String name) throws Exception {
        try (var client = new RawClient(managementPort)) {
            return client.get("/actuator/health/" + name);
        }
    }
}
