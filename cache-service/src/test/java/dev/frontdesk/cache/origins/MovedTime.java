package dev.frontdesk.cache.origins;

import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Instant;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The service's clock begins at the present time and stands still between the movements of a test. */
@TestConfiguration(proxyBeanMethods = false)
class MovedTime {

    @Bean
    MutableClock clock() {
        return MutableClock.at(Instant.now());
    }
}
