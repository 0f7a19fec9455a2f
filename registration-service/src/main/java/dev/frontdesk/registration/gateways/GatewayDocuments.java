package dev.frontdesk.registration.gateways;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.GatewayEvent.GatewayDocumentChanged;
import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersions;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersions.Version;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.PostgresOutbox;
import dev.frontdesk.kit.postgres.TransactionLock;
import dev.frontdesk.registration.audit.AuditTrail;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * The documents that all gateways share. Each change, its event, its entry in the audit trail and the deletion of versions
 * that are no longer kept are one transaction.
 */
@Component
final class GatewayDocuments {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final TransactionLock LOCK = new TransactionLock("gateway_documents");

    private static final String LATEST =
            "SELECT * FROM gateway_documents WHERE name = :name ORDER BY version DESC LIMIT 1";

    private static final String VERSION = "SELECT * FROM gateway_documents WHERE name = :name AND version = :version";

    private static final String VERSIONS =
            "SELECT version, changed_at FROM gateway_documents WHERE name = :name ORDER BY version DESC";

    private static final String ADD = """
            INSERT INTO gateway_documents (name, version, content, changed_at)
            VALUES (:name, :version, :content, :now)
            RETURNING *
            """;

    private static final String FORGET = "DELETE FROM gateway_documents WHERE name = :name AND version <= :version";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final PostgresOutbox outbox;
    private final AuditTrail trail;
    private final Clock clock;

    GatewayDocuments(
            DatabaseClient database,
            TransactionalOperator transaction,
            PostgresOutbox outbox,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Adds the next version if the document still has the version that the change was made from. The last change is returned
     * again if it is repeated.
     *
     * @return empty if the document has another version by now
     */
    Mono<GatewayDocument> change(DocumentName name, long basedOn, DocumentContent content) {
        return LOCK.lock(database, name.text())
                .then(Mono.defer(() -> read(name)))
                .defaultIfEmpty(GatewayDocument.none(name.text()))
                .flatMap(latest -> {
                    if (latest.version() == basedOn) {
                        return add(name, latest, content);
                    }
                    boolean repeated =
                            latest.version() - 1 == basedOn && latest.content().equals(content.text());
                    return repeated ? Mono.just(latest) : Mono.empty();
                })
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    /** Empty if the document was never stored. */
    Mono<GatewayDocument> latest(DocumentName name) {
        return read(name).timeout(TIMEOUT);
    }

    /** Empty if this version is not stored, or not any more. */
    Mono<GatewayDocument> version(DocumentName name, long version) {
        return database.sql(VERSION)
                .bind("name", name.text())
                .bind("version", version)
                .map(GatewayDocuments::document)
                .one()
                .timeout(TIMEOUT);
    }

    Mono<GatewayDocumentVersions> versions(DocumentName name) {
        return database.sql(VERSIONS)
                .bind("name", name.text())
                .map(row ->
                        new Version(required(row, "version", Long.class), required(row, "changed_at", Instant.class)))
                .all()
                .collectList()
                .map(GatewayDocumentVersions::new)
                .timeout(TIMEOUT);
    }

    private Mono<GatewayDocument> read(DocumentName name) {
        return database.sql(LATEST)
                .bind("name", name.text())
                .map(GatewayDocuments::document)
                .one();
    }

    private Mono<GatewayDocument> add(DocumentName name, GatewayDocument latest, DocumentContent content) {
        long version = latest.version() + 1;
        Instant now = after(latest.changedAt(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var event = new GatewayDocumentChanged(TenantId.DEFAULT.value(), name.text(), version, now);
        return database.sql(ADD)
                .bind("name", name.text())
                .bind("version", version)
                .bind("content", content.text())
                .bind("now", now)
                .map(GatewayDocuments::document)
                .one()
                .delayUntil(_ -> forget(name, version - name.keptVersions()))
                .delayUntil(_ -> record(event));
    }

    /** A later version has a later time, also if it comes from an instance whose clock is behind. */
    private static Instant after(@Nullable Instant former, Instant now) {
        return former == null || now.isAfter(former)
                ? now
                : former.truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    }

    private Mono<Void> forget(DocumentName name, long version) {
        return database.sql(FORGET)
                .bind("name", name.text())
                .bind("version", version)
                .then();
    }

    private Mono<Void> record(GatewayDocumentChanged event) {
        return outbox.add(event).then(trail.gatewaysChanged(EventType.of(event)));
    }

    private static GatewayDocument document(Readable row) {
        return new GatewayDocument(
                required(row, "name", String.class),
                required(row, "version", Long.class),
                required(row, "content", String.class),
                required(row, "changed_at", Instant.class));
    }
}
