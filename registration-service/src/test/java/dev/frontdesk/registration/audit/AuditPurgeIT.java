package dev.frontdesk.registration.audit;

import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@RunningService
class AuditPurgeIT {

    @Autowired
    private Visitor visitor;

    @Autowired
    private Stores stores;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Clock clock;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void forgetsWhatIsOlderThanTheRetention() {
        var tenant = new TenantId("t" + UUID.randomUUID());
        visitor.logIn(tenant, anyEmail(), PASSWORD).expectStatus().isUnauthorized();

        purgeAfter(Duration.ofDays(89));
        assertThat(rowsOf(tenant)).isEqualTo(1);

        purgeAfter(Duration.ofDays(91));
        assertThat(rowsOf(tenant)).isZero();
        assertThat(metrics.get("frontdesk.cleanup.rows")
                        .tag("cleanup", "security-event")
                        .counter()
                        .count())
                .isPositive();
    }

    private void purgeAfter(Duration time) {
        var properties = new AuditProperties(Duration.ofDays(90), Duration.ofSeconds(5));
        new AuditPurge(database, properties, Clock.offset(clock, time), metrics)
                .run()
                .block();
    }

    private long rowsOf(TenantId tenant) {
        return stores.rowsOf("security_events").stream()
                .filter(row -> tenant.value().equals(row.get("tenant")))
                .count();
    }
}
