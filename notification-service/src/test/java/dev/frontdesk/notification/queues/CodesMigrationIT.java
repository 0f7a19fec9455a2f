package dev.frontdesk.notification.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.notification.MigratedDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The migration to a queue for codes, if a tenant already had a queue of that name. */
class CodesMigrationIT {

    private final MigratedDatabase database = new MigratedDatabase();

    @BeforeEach
    void theVersionBefore() {
        database.migrate("10");
    }

    @Test
    void movesATenantsOwnQueueOutOfTheWayWithAllThatIsInIt() throws SQLException {
        database.execute("INSERT INTO queues (tenant, name, worked, push_url, push_secret, attempts)"
                + " VALUES ('acme', 'email-codes', 'push', 'https://shop.example/jobs', 'sealed', 7)");
        database.execute("INSERT INTO jobs (tenant, queue, kind, priority, max_attempts, payload)"
                + " VALUES ('acme', 'email-codes', 'voucher', 10, 3, '{}')");

        database.migrate("latest");

        assertThat(database.value(
                        "SELECT string_agg(concat_ws(' ', name, worked, push_url, attempts), ',') FROM queues"))
                .isEqualTo("email-codes-own lease 7");
        assertThat(database.value("SELECT string_agg(queue, ',') FROM jobs")).isEqualTo("email-codes-own");
    }

    @Test
    void letsNoInstanceOfThePreviousVersionGiveTheQueueToATenant() throws SQLException {
        database.migrate("latest");

        assertThatThrownBy(() -> database.execute(
                        "INSERT INTO queues (tenant, name, worked) VALUES ('acme', 'email-codes', 'lease')"))
                .hasMessageContaining("queues_codes_check");
        database.execute("INSERT INTO queues (tenant, name, paused) VALUES ('acme', 'email-codes', true)");
        assertThat(database.value("SELECT worked_by_default('email-codes')")).isEqualTo("service");
    }
}
