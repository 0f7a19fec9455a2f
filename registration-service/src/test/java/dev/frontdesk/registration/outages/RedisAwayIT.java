package dev.frontdesk.registration.outages;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.registration.Fixtures;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@WithServers(
        value = {POSTGRES, KAFKA},
        own = REDIS)
@Import(Fixtures.class)
class RedisAwayIT {

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Autowired
    private Redis redis;

    private final String email = anyEmail();

    @Test
    void acknowledgesNothingWhileRedisIsFrozen() {
        visitor.registers(email);
        String code = mailbox.code(email);
        String other = anyEmail();
        redis.pause();
        try {
            assertUnavailable(visitor.register(ada(other)));
            assertUnavailable(visitor.verify(email, code));
            assertThat(stores.accounts(email)).isEmpty();
        } finally {
            redis.resume();
        }
        // The frozen server has read the lost request by now: its claim was given up again.
        visitor.verify(email, code).expectStatus().isCreated();
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
    }

    @Test
    void takesSignUpsAgainWhenRedisIsBack() {
        redis.stop();
        assertUnavailable(visitor.register(ada(email)));
        redis.start();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> visitor.register(ada(email)).expectStatus().isAccepted());
        visitor.verify(email, mailbox.code(email)).expectStatus().isCreated();
    }

    private static void assertUnavailable(ResponseSpec answer) {
        answer.expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
        assertThat(json(answer).get("type").asString()).isEqualTo("https://frontdesk.dev/problems/unavailable");
    }
}
