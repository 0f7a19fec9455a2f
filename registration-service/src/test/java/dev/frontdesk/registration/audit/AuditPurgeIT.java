package dev.frontdesk.registration.audit;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import java.time.Clock;
import java.time.Duration;
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

    @Test
    void forgetsWhatIsOlderThanTheRetention() {
        var properties = new AuditProperties(Duration.ofDays(90), Duration.ofSeconds(5));
        visitor.logIn(ACME, anyEmail(), PASSWORD).expectStatus().isUnauthorized();
        int before = stores.count("security_events");

        assertThat(new AuditPurge(database, properties, Clock.offset(clock, Duration.ofDays(89)))
                        .purge()
                        .block())
                .isZero();
        assertThat(stores.count("security_events")).isEqualTo(before).isPositive();

        assertThat(new AuditPurge(database, properties, Clock.offset(clock, Duration.ofDays(91)))
                        .purge()
                        .block())
                .isEqualTo(before);
        assertThat(stores.count("security_events")).isZero();
    }
}
