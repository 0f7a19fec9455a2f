package dev.frontdesk.session;

import static dev.frontdesk.session.GatewayStub.holder;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.introspection.Introspection;
import dev.frontdesk.session.throttle.LoginName;
import dev.frontdesk.session.throttle.LoginNameHistory;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@RunningSessionService
@WithServers(value = KAFKA, own = REDIS)
@ConcurrentTestClass
class RedisOutageIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final String ADA = "ada@example.org";
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private GatewayStub edge;

    @Autowired
    private RegistrationStub registration;

    @Autowired
    private Redis redis;

    @Autowired
    private MutableClock clock;

    @Autowired
    private LoginNameHistory names;

    private UUID ada = UUID.randomUUID();

    @BeforeEach
    void adaHasAnAccount() {
        ada = registration.knows(ACME, ADA, PASSWORD);
    }

    @AfterEach
    void redisIsBack() {
        await().atMost(ofSeconds(20))
                .until(() -> edge.tryLogin(ACME, ADA, PASSWORD)
                                .returnResult(Void.class)
                                .getStatus()
                                .value()
                        == 201);
    }

    @Test
    void withoutRedisNoPasswordIsLookedAtAndNoTokenIsCalledInactive() {
        var login = edge.login(ACME, ADA, PASSWORD);
        int passwordsSeen = registration.passwordsSeen();

        redis.stop();
        try {
            assertAllUnavailable(login);
            var caller = holder(ACME, ada, login);
            assertUnavailable(edge.tryRefresh(caller, login.token()));
            assertUnavailable(edge.as(caller).get().uri(GatewayStub.CURRENT).exchange());
            assertUnavailable(edge.as(caller).delete().uri(GatewayStub.SESSIONS).exchange());
            assertUnavailable(edge.as(caller)
                    .delete()
                    .uri(GatewayStub.SESSIONS + "/" + login.sessionId())
                    .exchange());
            assertThat(registration.passwordsSeen()).isEqualTo(passwordsSeen);
            assertThat(edge.introspect("not-a-token")).isEqualTo(Introspection.INACTIVE);
        } finally {
            redis.start();
        }
    }

    @Test
    void aFrozenRedisIsGivenUpOnSoon() {
        var login = edge.login(ACME, ADA, PASSWORD);
        int passwordsSeen = registration.passwordsSeen();

        redis.pause();
        try {
            assertAllUnavailable(login);
            assertThat(registration.passwordsSeen()).isEqualTo(passwordsSeen);
        } finally {
            redis.resume();
        }
        await().atMost(ofSeconds(20))
                .untilAsserted(
                        () -> edge.tryIntrospect(login.token()).expectStatus().isOk());
        assertThat(edge.introspect(login.token()).active()).isTrue();
    }

    @Test
    void aFullRedisOpensNoSessionAndLosesNone() {
        var login = edge.login(ACME, ADA, PASSWORD);
        var other = edge.login(ACME, ADA, PASSWORD);
        var third = edge.login(ACME, ADA, PASSWORD);
        int passwordsSeen = registration.passwordsSeen();

        redis.fill();
        try {
            assertUnavailable(edge.tryLogin(ACME, ADA, PASSWORD));
            assertThat(registration.passwordsSeen()).isEqualTo(passwordsSeen);
            // A use is recorded again.
            clock.advance(Duration.ofMinutes(2));
            assertThat(edge.introspect(login.token()).active()).isTrue();

            edge.revokeCurrent(holder(ACME, ada, other));
            assertThat(edge.introspect(other.token()).active()).isFalse();
            var newToken = edge.refresh(holder(ACME, ada, login), login.token()).token();
            assertThat(edge.introspect(newToken).active()).isTrue();
            edge.as(holder(ACME, ada, login))
                    .delete()
                    .uri(GatewayStub.SESSIONS)
                    .exchange()
                    .expectStatus()
                    .is2xxSuccessful();
            assertThat(edge.introspect(third.token()).active()).isFalse();
            assertThat(edge.introspect(newToken).active()).isTrue();
            // An account is deleted in the meantime. If this failed, its event and all later ones would wait.
            names.forget(ACME, LoginName.of(ADA), clock.instant()).block(ofSeconds(5));
        } finally {
            redis.makeRoom();
        }
    }

    @Test
    void whoTriedWhileRedisWasFrozenIsNotLockedOutAfterwards() {
        // Redis knows the script by now: it runs what it has received when it resumes.
        edge.login(ACME, ADA, PASSWORD);
        redis.pause();
        try {
            IntStream.range(0, 6).parallel().forEach(_ -> assertUnavailable(edge.tryLogin(ACME, ADA, PASSWORD)));
        } finally {
            redis.resume();
        }

        assertThat(await().atMost(ofSeconds(20))
                        .until(
                                () -> edge.tryLogin(ACME, ADA, PASSWORD)
                                        .returnResult(Void.class)
                                        .getStatus()
                                        .value(),
                                status -> status != 503))
                .isEqualTo(201);
    }

    private void assertAllUnavailable(GatewayStub.Login login) {
        var caller = holder(ACME, ada, login);
        assertUnavailable(edge.tryLogin(ACME, ADA, PASSWORD));
        assertUnavailable(edge.tryIntrospect(login.token()));
        assertUnavailable(edge.as(caller).get().uri(GatewayStub.SESSIONS).exchange());
        assertUnavailable(edge.as(caller).delete().uri(GatewayStub.CURRENT).exchange());
    }

    private static void assertUnavailable(ResponseSpec response) {
        response.expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo(ProblemType.UNAVAILABLE.uri().toString());
    }
}
