package dev.frontdesk.testsupport.servers;

import dev.frontdesk.localstack.servers.PostgresServer;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;

/** Servers in containers, each with its own ports on the engine's machine. */
final class ContainerServers implements Servers {

    private static final int IMAP = 3143;

    @Override
    public Redis redis() {
        return ContainerHost.start(() -> new GenericContainer<>("redis:8"), List.of(6379), Redis::new);
    }

    @Override
    public Postgres postgres() {
        return ContainerHost.start(
                () -> new GenericContainer<>("postgres:17")
                        .withCommand("postgres", "-c", "max_connections=300")
                        .withEnv(Map.of("POSTGRES_USER", PostgresServer.USER, "POSTGRES_PASSWORD", Postgres.PASSWORD)),
                List.of(5432),
                Postgres::new);
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
