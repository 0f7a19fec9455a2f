package dev.frontdesk.registration;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** What tests of the running service share. */
@TestConfiguration(proxyBeanMethods = false)
@Import({Visitor.class, Mailbox.class, Stores.class})
public class Fixtures {

    @Bean
    MutableClock clock() {
        return new MutableClock();
    }
}
