package dev.frontdesk.registration.outages;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
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
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Postgres;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@WithServers(
        value = {REDIS, KAFKA},
        own = POSTGRES)
@Import(Fixtures.class)
@ConcurrentTestClass
class PostgresOutageIT {

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Autowired
    private Postgres postgres;

    @Autowired
    private MutableClock clock;

    private final String email = anyEmail();
    private boolean stopped;
    private boolean paused;

    @AfterEach
    void comeBack() {
        if (stopped) {
            start();
        }
        if (paused) {
            resume();
        }
    }

    @Test
    void keepsTheCodeUsableWhilePostgresIsStopped() {
        visitor.registers(email);
        String code = mailbox.code(email);
        stop();

        for (int i = 0; i < 7; i++) {
            assertUnavailable(visitor.verify(email, code));
            assertUnavailable(visitor.verify(email, Mailbox.wrong(code)));
        }

        assertThat(stores.pending(ACME, email)).containsEntry("attempts", "0").containsEntry("code_attempts", "0");
        start();
        visitor.verify(email, code).expectStatus().isCreated();
        assertThat(stores.accounts(email)).hasSize(1);
    }

    @Test
    void keepsTheCodeUsableWhilePostgresIsFrozen() {
        visitor.registers(email);
        String code = mailbox.code(email);
        pause();

        assertUnavailable(visitor.verify(email, code));

        resume();
        visitor.verify(email, code).expectStatus().isCreated();
        assertThat(stores.accounts(email)).hasSize(1);
        mailbox.awaitEvents(email, Mailbox.ACCOUNT_VERIFIED, 1);
    }

    @Test
    void takesSignUpsWhilePostgresIsStopped() {
        stop();
        visitor.registers(email);
        String code = mailbox.code(email);
        start();
        visitor.verify(email, code).expectStatus().isCreated();
    }

    @Test
    void sendsAnotherCodeWhilePostgresIsStopped() {
        visitor.registers(email);
        clock.advance(Duration.ofSeconds(60));
        stop();
        visitor.resend(email).expectStatus().isAccepted();
        String code = mailbox.code(email, 2);
        start();
        visitor.verify(email, code).expectStatus().isCreated();
    }

    @Test
    void takesSignUpsWhilePostgresIsFrozen() {
        pause();
        visitor.registers(email);
        String code = mailbox.code(email);
        resume();
        visitor.verify(email, code).expectStatus().isCreated();
    }

    /** During the outage it was unknown that the address has an account; the account must not be overwritten now. */
    @Test
    void keepsAnAccountThatWasRegisteredAgainDuringTheOutage() {
        visitor.registers(email);
        visitor.verify(email, mailbox.code(email)).expectStatus().isCreated();
        var account = stores.accounts(email);
        stop();
        visitor.registers(email);
        String code = mailbox.code(email, 2);
        start();

        ResponseSpec answer = visitor.verify(email, code).expectStatus().isEqualTo(409);

        assertThat(json(answer).get("type").asString()).isEqualTo("https://frontdesk.dev/problems/conflict");
        assertThat(stores.accounts(email)).isEqualTo(account);
        assertThat(stores.keys()).doesNotContain(stores.pendingKey(ACME, email));
    }

    @Test
    void refusesLoginsWhilePostgresIsDown() {
        visitor.registers(email);
        visitor.verify(email, mailbox.code(email)).expectStatus().isCreated();
        stop();
        assertUnavailable(visitor.logIn(ACME, email, PASSWORD));
        start();
        pause();
        assertUnavailable(visitor.logIn(ACME, email, PASSWORD));
        resume();
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
    }

    private static void assertUnavailable(ResponseSpec answer) {
        answer.expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
        assertThat(json(answer).get("type").asString()).isEqualTo("https://frontdesk.dev/problems/unavailable");
    }

    private void stop() {
        postgres.stop();
        stopped = true;
    }

    private void start() {
        postgres.start();
        stopped = false;
        awaitConnections();
    }

    /** A connection that was requested during the outage may still fail a request right after it. */
    private void awaitConnections() {
        await().untilAsserted(() ->
                visitor.logIn(ACME, anyEmail(), PASSWORD).expectStatus().isUnauthorized());
    }

    private void pause() {
        postgres.pause();
        paused = true;
    }

    private void resume() {
        postgres.resume();
        paused = false;
    }
}
