package dev.frontdesk.testsupport.servers;

import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;

/** Servers in containers, each with its own ports on the engine's machine. */
final class ContainerServers implements Servers {

    private static final String USER = "frontdesk";
    private static final String PASSWORD = "only-for-tests";
    private static final int IMAP = 3143;

    @Override
    public Redis redis() {
        return ContainerHost.start(() -> new GenericContainer<>("redis:8"), List.of(6379), Redis::new);
    }

    @Override
    public Postgres postgres() {
        return ContainerHost.start(
                () -> new GenericContainer<>("postgres:17")
                        .withEnv(Map.of("POSTGRES_USER", USER, "POSTGRES_PASSWORD", PASSWORD)),
                List.of(5432),
                host -> new Postgres(host, USER, PASSWORD));
    }

    @Override
    public Kafka kafka() {
        return ContainerHost.start(() -> new KafkaContainer("apache/kafka:4.1.1"), List.of(9092), Kafka::new);
    }

    @Override
    public Smtp smtp() {
        return ContainerHost.start(
                () -> new GenericContainer<>("greenmail/standalone:2.1.13"),
                List.of(3025, IMAP),
                host -> new Smtp(host, new ImapMailboxes(host.name(), host.port(IMAP))));
    }
}
