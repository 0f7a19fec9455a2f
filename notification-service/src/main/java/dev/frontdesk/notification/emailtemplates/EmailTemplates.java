package dev.frontdesk.notification.emailtemplates;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.postgres.TransactionLock;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The table of tenants' own templates. */
@Repository
class EmailTemplates implements TenantTemplates {

    /** Maximum per tenant: writing a mail reads all templates of its kind, and the list reads all of a tenant. */
    static final int MOST = 500;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String OF_KIND = """
            SELECT language, subject, text, html FROM email_templates WHERE tenant = :tenant AND kind = :kind
            """;

    private static final String LIST = """
            SELECT kind, language, updated_at FROM email_templates WHERE tenant = :tenant ORDER BY kind, language LIMIT :most
            """;

    /** For the count of a tenant's templates. */
    private static final TransactionLock LOCK = new TransactionLock("email_templates");

    /** A template that is replaced does not count towards the limit. */
    private static final String PUT = """
            INSERT INTO email_templates (tenant, kind, language, subject, text, html)
            SELECT :tenant, :kind, :language, :subject, :text, :html
            WHERE (SELECT count(*) FROM email_templates
                   WHERE tenant = :tenant AND NOT (kind = :kind AND language = :language)) < :most
            ON CONFLICT (tenant, kind, language) DO UPDATE SET
                subject = excluded.subject, text = excluded.text, html = excluded.html, updated_at = now()
            RETURNING xmax = 0 AS made
            """;

    private static final String DELETE =
            "DELETE FROM email_templates WHERE tenant = :tenant AND kind = :kind AND language = :language";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    EmailTemplates(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** A tenant's template in a list. */
    record Listed(String kind, String language, Instant updatedAt) {}

    @Override
    public Mono<Map<String, EmailTemplate>> of(TenantId tenant, String kind) {
        return database.sql(OF_KIND)
                .bind("tenant", tenant.value())
                .bind("kind", kind)
                .map(row -> Map.entry(required(row, "language", String.class), template(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(TIMEOUT);
    }

    Mono<List<Listed>> list(TenantId tenant) {
        return database.sql(LIST)
                .bind("tenant", tenant.value())
                .bind("most", MOST)
                .map(row -> new Listed(
                        required(row, "kind", String.class),
                        required(row, "language", String.class),
                        required(row, "updated_at", Instant.class)))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    /** @return true if the template was created, false if it was replaced; empty if the tenant has too many */
    Mono<Boolean> put(TenantId tenant, String kind, String language, EmailTemplate template) {
        var insert = database.sql(PUT)
                .bind("tenant", tenant.value())
                .bind("kind", kind)
                .bind("language", language)
                .bind("subject", template.subject())
                .bind("text", template.text())
                .bind("most", MOST);
        insert = template.html() == null ? insert.bindNull("html", String.class) : insert.bind("html", template.html());
        return LOCK.lock(database, tenant.value())
                .then(insert.map(row -> required(row, "made", Boolean.class)).one())
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    /** @return false if there was no such template */
    Mono<Boolean> delete(TenantId tenant, String kind, String language) {
        return database.sql(DELETE)
                .bind("tenant", tenant.value())
                .bind("kind", kind)
                .bind("language", language)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .timeout(TIMEOUT);
    }

    private static EmailTemplate template(Readable row) {
        return new EmailTemplate(
                required(row, "subject", String.class),
                required(row, "text", String.class),
                row.get("html", String.class));
    }
}
