package dev.frontdesk.registration;

import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Shared by tests of the running service. */
@TestConfiguration(proxyBeanMethods = false)
@Import({Visitor.class, Mailbox.class, Stores.class, Members.class})
public class Fixtures {

    @Bean
    MutableClock clock() {
        return MutableClock.at(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }
}
