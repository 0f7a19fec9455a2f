package dev.frontdesk.notification;

import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.events.EventPublisher;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.testsupport.servers.Database;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** What tests use to inspect the running service. */
@TestConfiguration(proxyBeanMethods = false)
public class Fixtures {

    @Bean
    EventSimulator happenings(EventPublisher publisher, EventCodec codec, SealedSecrets secrets) {
        return new EventSimulator(publisher, codec, secrets);
    }

    @Bean
    JobRows jobRows(Database database) {
        return new JobRows(database);
    }
}
