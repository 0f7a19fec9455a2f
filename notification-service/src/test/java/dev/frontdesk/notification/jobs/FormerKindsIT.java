package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.notification.MigratedDatabase;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The migration to one name per fact: stored rows get it, and instances of the previous version keep using their own
 * names.
 */
class FormerKindsIT {

    private static final String JOB = "INSERT INTO notification.jobs (tenant, queue, kind, idempotency_key, priority,"
            + " max_attempts, payload, state) VALUES ('acme', '%s', '%s', '%s', 10, 3, '%s', 'waiting')";
    private static final String KINDS = "SELECT string_agg(kind, ' ' ORDER BY seq) FROM jobs";

    private final MigratedDatabase database = new MigratedDatabase();

    @BeforeEach
    void theVersionBefore() {
        database.migrate("16");
    }

    @Test
    void whatIsStoredHasTheNamesOfTheEvents() throws SQLException {
        job("email-codes", "repeated-sign-up", UUID.randomUUID() + ":verification-code", "{}");
        job("email", "new-device", UUID.randomUUID() + ":new-device", "{}");
        job("email", "order-sent", "event:" + UUID.randomUUID(), "{}");
        job("notification", "NEW_BADGE", "request:" + UUID.randomUUID(), "{\"kind\": \"NEW_BADGE\", \"mail\": true}");
        job("exports", "welcome", "a", "{}");
        database.execute("INSERT INTO email_templates (tenant, kind, language, subject, text)"
                + " VALUES ('acme', 'welcome', 'tr', 'x', 'y'), ('acme', 'order-sent', 'tr', 'x', 'y')");
        database.execute(
                "INSERT INTO notifications (tenant, account_id, seq, event_id, kind, title, body)"
                        + " SELECT 'acme', gen_random_uuid(), n, gen_random_uuid(), kind, 'x', 'y'"
                        + " FROM unnest(ARRAY['welcome', 'new_sign_in', 'New_Badge', 'ORDER_SHIPPED']) WITH ORDINALITY AS k(kind, n)");
        database.execute(
                "INSERT INTO webhook_endpoints (tenant, url, description, event_types, secret) VALUES"
                        + " ('acme', 'https://shop.example/', 'x', ARRAY['session.*', 'account.email_changed', 'order.paid'], 's')");
        database.execute("INSERT INTO webhook_events (tenant, id, type, body) VALUES ('acme', gen_random_uuid(),"
                + " 'account.email_changed', '{\"type\":\"account.email_changed\",\"timestamp\":\"2026-11-21T10:00:00Z\","
                + "\"data\":{\"email\":\"account.email_changed@example.org\"}}')");

        database.migrate("latest");

        assertThat(database.value(KINDS))
                .isEqualTo("account.verification-repeated session.opened order-sent new-badge welcome");
        assertThat(database.value("SELECT payload ->> 'kind' FROM jobs WHERE kind = 'new-badge'"))
                .isEqualTo("new-badge");
        assertThat(database.value("SELECT string_agg(kind, ' ' ORDER BY kind) FROM email_templates"))
                .isEqualTo("account.verified order-sent");
        assertThat(database.value("SELECT string_agg(kind, ' ' ORDER BY seq) FROM notifications"))
                .isEqualTo("account.verified session.opened new-badge ORDER_SHIPPED");
        assertThat(database.value("SELECT array_to_string(event_types, ' ') FROM webhook_endpoints"))
                .isEqualTo("session.* account.address-changed order.paid");
        assertThat(database.value("SELECT type || ' ' || body FROM webhook_events"))
                .isEqualTo(
                        "account.address-changed {\"type\":\"account.address-changed\","
                                + "\"timestamp\":\"2026-11-21T10:00:00Z\",\"data\":{\"email\":\"account.email_changed@example.org\"}}");
    }

    @Test
    void anInstanceOfThePreviousVersionAddsAndClaimsMailsUnderItsNames() throws SQLException {
        database.migrate("latest");
        String key = UUID.randomUUID() + ":welcome";
        job("email", "welcome", key, "{}");
        job("email", "order-sent", "event:" + UUID.randomUUID(), "{}");
        // An application's own kind may have that name now.
        job("email", "welcome", "request:" + UUID.randomUUID(), "{}");

        assertThat(database.value(KINDS)).isEqualTo("account.verified order-sent welcome");
        assertThat(database.value("SELECT idempotency_key FROM jobs WHERE kind = 'account.verified'"))
                .isEqualTo(key);
        assertThat(claimed("claim_jobs")).isEqualTo("welcome order-sent welcome");

        database.execute("UPDATE jobs SET state = 'waiting', lease_until = NULL, worker = NULL");
        assertThat(claimed("claim_of_service")).isEqualTo("account.verified order-sent welcome");
    }

    @Test
    void anEventOfThePreviousVersionReachesSubscribersOfItsNewName() throws SQLException {
        database.migrate("latest");

        assertThat(hears("account.address-changed", "account.email_changed")).isTrue();
        assertThat(hears("account.address-changed", "account.address-changed")).isTrue();
        assertThat(hears("account.*", "account.email_changed")).isTrue();
        assertThat(hears("account.address-changed", "account.profile_changed")).isFalse();
        assertThat(hears("account.address-changed", "order.paid")).isFalse();
        assertThat(hears("*", "order.paid")).isTrue();
    }

    private boolean hears(String wanted, String type) throws SQLException {
        return "t".equals(database.value("SELECT webhook_hears(ARRAY['" + wanted + "'], '" + type + "')"));
    }

    private String claimed(String function) throws SQLException {
        return database.value("SELECT string_agg(kind, ' ' ORDER BY seq) FROM " + function
                + "('email', '', 10, 60000, 'w', NULL, NULL, NULL)");
    }

    private void job(String queue, String kind, String key, String payload) throws SQLException {
        database.execute(JOB.formatted(queue, kind, key, payload));
    }
}
