package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.health.ServiceHealth;
import dev.frontdesk.kit.health.HealthPart;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reports whether this service can reach a Kafka broker. */
final class KafkaHealth implements HealthPart, DisposableBean {

    private static final int ANSWERS_WITHIN_MS = 2000;

    /** Limits log output: each failed attempt writes a line. */
    private static final int RECONNECT_AFTER_MS = 5000;

    private final KafkaProperties kafka;

    /** Creating a client blocks. */
    private final Scheduler blocking = Schedulers.newBoundedElastic(1, 4, "kafka-health", 10, true);

    private @Nullable Admin admin;

    KafkaHealth(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    @Override
    public String name() {
        return ServiceHealth.KAFKA;
    }

    @Override
    public Mono<Map<String, Object>> look() {
        return Mono.fromSupplier(this::admin)
                .subscribeOn(blocking)
                .flatMap(client -> Mono.fromCompletionStage(
                        client.describeCluster(new DescribeClusterOptions().timeoutMs(ANSWERS_WITHIN_MS))
                                .clusterId()
                                .toCompletionStage()))
                .thenReturn(Map.of());
    }

    /** Created at the first health check, not with the beans: a run that only trains an AOT cache needs no Kafka. */
    private synchronized Admin admin() {
        var made = admin;
        if (made == null) {
            made = Admin.create(kafka.clientSettings(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.servers(),
                    AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_AFTER_MS,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWERS_WITHIN_MS,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWERS_WITHIN_MS)));
            admin = made;
        }
        return made;
    }

    @Override
    public synchronized void destroy() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
        blocking.dispose();
    }
}
