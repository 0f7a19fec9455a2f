package dev.frontdesk.kit.events;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.kit.KitApplication;
import dev.frontdesk.kit.tracing.TraceCarrier;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.KafkaRecord;
import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@WithServers(value = Server.POSTGRES, own = Server.KAFKA)
@SpringBootTest(
        classes = KitApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude=",
            "frontdesk.outbox.postgres=true",
            "frontdesk.kafka.delivery-timeout=2s"
        })
@ConcurrentTestClass
class PostgresOutboxIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Autowired
    private PostgresOutbox outbox;

    @Autowired
    private TransactionalOperator transaction;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private TraceCarrier traces;

    @Autowired
    private Kafka kafka;

    @Test
    void publishesWhatWasCommittedAsACloudEventInItsTrace() {
        var account = UUID.randomUUID();
        var parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        run(traces.resume(parent, "test", outbox.add(revoked(account))).as(transaction::transactional));

        await().atMost(LONG).untilAsserted(() -> assertThat(published(account)).hasSize(1));
        var headers = published(account).getFirst().headers();
        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_source", "/kit")
                .containsEntry("ce_type", "dev.frontdesk.session.revoked.v1")
                .containsEntry("ce_tenant", "acme")
                .containsEntry("ce_subject", account.toString())
                .containsEntry("content-type", "application/json")
                .containsKeys("ce_id", "ce_time");
        assertThat(headers.get("traceparent")).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
        await().atMost(LONG).untilAsserted(() -> assertThat(waiting()).isZero());
    }

    @Test
    void saysNothingOfWhatWasRolledBack() {
        var never = UUID.randomUUID();
        var after = UUID.randomUUID();

        verifyEnded(outbox.add(revoked(never))
                        .then(Mono.error(new IllegalStateException("rolled back")))
                        .as(transaction::transactional))
                .verifyErrorMessage("rolled back");
        run(outbox.add(revoked(after)).as(transaction::transactional));

        await().atMost(LONG).untilAsserted(() -> assertThat(published(after)).hasSize(1));
        assertThat(published(never)).isEmpty();
    }

    @Test
    void keepsTheOrderOfOneAggregate() {
        var account = UUID.randomUUID();
        var sessions =
                Flux.range(0, 250).map(_ -> UUID.randomUUID()).collectList().cache();

        run(sessions.flatMapMany(Flux::fromIterable)
                .concatMap(session -> outbox.add(new SessionRevoked("acme", account, session, Instant.now()))
                        .as(transaction::transactional))
                .then());

        await().atMost(LONG).untilAsserted(() -> assertThat(published(account)).hasSizeGreaterThanOrEqualTo(250));
        verifyEnded(sessions)
                .assertNext(sent -> assertThat(published(account).stream()
                                .map(event -> event.value().replaceAll(".*\"session_id\":\"([^\"]+)\".*", "$1"))
                                .distinct())
                        .containsExactlyElementsOf(
                                sent.stream().map(UUID::toString).toList()))
                .verifyComplete();
    }

    @Test
    void keepsWhatKafkaCanNotTakeYet() {
        var account = UUID.randomUUID();
        kafka.pause();
        try {
            run(outbox.add(revoked(account)).as(transaction::transactional));
            assertThat(waiting()).isEqualTo(1);
        } finally {
            kafka.resume();
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(published(account)).isNotEmpty());
    }

    @Test
    void readsHowManyEventsWaitAndForHowLong() {
        var backlog = new PostgresOutboxBacklog(database);

        verifyEnded(outbox.add(revoked(UUID.randomUUID()))
                        .then(database.sql("UPDATE outbox SET created_at = created_at - interval '1 hour'")
                                .then())
                        .then(backlog.read())
                        .flatMap(read -> Mono.<OutboxBacklog>error(new RolledBack(read)))
                        .as(transaction::transactional))
                .verifyErrorSatisfies(rolledBack -> {
                    OutboxBacklog read = ((RolledBack) rolledBack).read;
                    assertThat(read.events()).isPositive();
                    assertThat(read.age()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(119));
                });
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(backlog.read().toFuture().join()).isEqualTo(new OutboxBacklog(0, Duration.ZERO)));
    }

    /** Keeps the relay from sending what the transaction has added. */
    private static final class RolledBack extends RuntimeException {

        private final OutboxBacklog read;

        RolledBack(OutboxBacklog read) {
            this.read = read;
        }
    }

    private static SessionRevoked revoked(UUID account) {
        return new SessionRevoked("acme", account, UUID.randomUUID(), Instant.now());
    }

    private List<KafkaRecord> published(UUID account) {
        return kafka.topic(Topics.SESSION_EVENTS).records().stream()
                .filter(event -> account.toString().equals(event.key()))
                .toList();
    }

    private long waiting() {
        var count = database.sql("SELECT count(*) AS waiting FROM outbox")
                .map(row -> row.get("waiting", Long.class))
                .one();
        var seen = new long[1];
        verifyEnded(count).consumeNextWith(waiting -> seen[0] = waiting).verifyComplete();
        return seen[0];
    }

    private static void run(Mono<Void> work) {
        verifyEnded(work).verifyComplete();
    }
}
