package dev.frontdesk.notification.mail;

import dev.frontdesk.kit.postgres.PeriodicCleanup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Deletes the counts of {@link RecipientLimit} whose window is over. */
@Component
class AddressLimitCleanup extends PeriodicCleanup {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int BATCH = 1_000;

    private static final String DELETE = """
            DELETE FROM mailed_addresses WHERE address_hash = ANY(ARRAY(
                SELECT address_hash FROM mailed_addresses WHERE window_end <= now()
                ORDER BY window_end LIMIT :batch FOR UPDATE SKIP LOCKED))
            """;

    AddressLimitCleanup(DatabaseClient database, MeterRegistry metrics) {
        super("address limit", EVERY, database, metrics, new Statement(DELETE, BATCH));
    }
}
