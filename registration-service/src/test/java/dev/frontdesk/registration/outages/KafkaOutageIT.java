package dev.frontdesk.registration.outages;

import static dev.frontdesk.registration.Mailbox.ACCOUNT_VERIFIED;
import static dev.frontdesk.registration.Mailbox.ADDRESS_ALREADY_REGISTERED;
import static dev.frontdesk.registration.Mailbox.VERIFICATION_REQUESTED;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.registration.Fixtures;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.WithServers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.data.redis.timeout=5s")
@WithServers(
        value = {POSTGRES, REDIS},
        own = KAFKA)
@Import(Fixtures.class)
@ConcurrentTestClass
class KafkaOutageIT {

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Autowired
    private Kafka kafka;

    private final String email = anyEmail();

    @Test
    void keepsWhatItHasToTellUntilKafkaIsBack() {
        String earlier = anyEmail();
        visitor.registers(earlier);
        String code = mailbox.code(earlier);
        kafka.pause();
        try {
            visitor.registers(email);
            visitor.verify(earlier, code).expectStatus().isCreated();
            visitor.registers(earlier);
            assertThat(stores.accounts(earlier)).hasSize(1);
        } finally {
            kafka.resume();
        }

        mailbox.awaitEvents(earlier, ACCOUNT_VERIFIED, 1);
        mailbox.awaitEvents(earlier, ADDRESS_ALREADY_REGISTERED, 1);
        mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 1);
        visitor.verify(email, mailbox.code(email)).expectStatus().isCreated();
    }
}
