package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionsFixture.ACME;
import static dev.frontdesk.session.sessions.SessionsFixture.someAccount;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that the former version opened, which knew of no devices, addresses and versions, go on. */
class FormerSessionIT {

    private final SessionsFixture fixture = new SessionsFixture();
    private final OpenedSession opened;
    private final Session former;

    FormerSessionIT() {
        opened = fixture.open(someAccount());
        var session = opened.session();
        former = new Session(
                session.id(),
                session.tenant(),
                session.accountId(),
                session.roles(),
                session.locale(),
                0,
                new Device(session.id(), "", session.device().userAgent(), null),
                session.createdAt(),
                session.lastActivityAt(),
                session.expiresAt(),
                session.endsAt());
    }

    @BeforeEach
    void isOfTheFormerVersion() {
        assertThat(fixture.redis
                        .opsForHash()
                        .delete(
                                fixture.keyOf(opened),
                                "device_id",
                                "device_name",
                                "client_address",
                                "credentials_version",
                                "mark"))
                .isEqualTo(5);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void isOpen() {
        assertThat(fixture.sessions.touch(opened.token()).block()).isEqualTo(former);
    }

    @Test
    void isListed() {
        assertThat(fixture.sessions.of(ACME, former.accountId()).block()).containsExactly(former);
    }

    @Test
    void getsAnotherToken() {
        var renewed = requireNonNull(
                fixture.sessions.rotate(opened.token(), former.id()).block());

        assertThat(renewed.session()).isEqualTo(former);
        assertThat(fixture.sessions.touch(renewed.token()).block()).isEqualTo(former);
    }

    @Test
    void endsWithItsCredentials() {
        fixture.revocations
                .revokeOpenedBefore(1, ACME, former.accountId(), null)
                .block();

        assertThat(fixture.sessions.touch(opened.token()).block()).isNull();
    }
}
