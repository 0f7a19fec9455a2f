package dev.frontdesk.gateway.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two gateways in front of two instances of a service, each restarted under load as Kubernetes does it: stopped,
 * removed once it is not ready, ended after its drain, replaced. The two instances also act as session-service, so that
 * look-ups go through them too.
 */
@ConcurrentTestClass
class RollingRestartIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration WAIT = Duration.ofSeconds(4);
    private static final int SOME = 200;
    private static final TestEnvironment ENVIRONMENT = TestEnvironment.with(Server.REDIS, Server.KAFKA);

    private final List<ConfigurableApplicationContext> started = new ArrayList<>();

    @AfterEach
    void stopAll() {
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            started.forEach(instance -> each.execute(instance::close));
        }
    }

    @Test
    void failsNoRequest() throws Exception {
        var answers = new ArrayList<AtomicInteger>();
        Supplier<ConfigurableApplicationContext> service = () -> {
            answers.add(new AtomicInteger());
            return Instances.service(ENVIRONMENT, answers.getLast(), WAIT);
        };
        try (var services = new LoadBalancer();
                var gateways = new LoadBalancer()) {
            Supplier<ConfigurableApplicationContext> gateway = () -> Instances.gateway(
                    ENVIRONMENT,
                    services.url(),
                    HeldDrain.free(),
                    "frontdesk.calls.max-idle-time=1s",
                    // These gateways are not warmed up, and may share their processors with many other tests.
                    "frontdesk.gateway.identity.answer-within=60s",
                    "frontdesk.drain.wait=" + WAIT.toMillis() + "ms");
            var oldServices = List.of(start(service, services), start(service, services));
            var oldGateways = List.of(start(gateway, gateways), start(gateway, gateways));

            try (var load = new Load(gateways.url())) {
                load.awaitMore(SOME);
                for (var old : oldServices) {
                    restart(old, service, services);
                    load.awaitMore(SOME);
                }
                for (var old : oldGateways) {
                    restart(old, gateway, gateways);
                    load.awaitMore(SOME);
                }
                assertThat(load.failures()).isEmpty();
            }
            assertThat(answers).hasSize(4).allSatisfy(count -> assertThat(count).hasPositiveValue());
        }
    }

    private ConfigurableApplicationContext start(Supplier<ConfigurableApplicationContext> how, LoadBalancer chooser) {
        var instance = how.get();
        started.add(instance);
        chooser.add(Instances.port(instance));
        return instance;
    }

    private void restart(
            ConfigurableApplicationContext old, Supplier<ConfigurableApplicationContext> how, LoadBalancer chooser)
            throws Exception {
        var availability = old.getBean(ApplicationAvailability.class);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(old::close, Thread::startVirtualThread);
        int port = Instances.port(old);
        await().atMost(LONG).until(() -> availability.getReadinessState() == ReadinessState.REFUSING_TRAFFIC);
        chooser.remove(port);
        closed.get(LONG.toSeconds(), TimeUnit.SECONDS);
        start(how, chooser);
    }
}
