package dev.frontdesk.session.sessions;

import static dev.frontdesk.kit.identity.SessionSignal.Kind.REVOKED;
import static dev.frontdesk.kit.identity.SessionSignal.Kind.ROTATED;
import static dev.frontdesk.session.sessions.SessionsFixture.ACME;
import static dev.frontdesk.session.sessions.SessionsFixture.limits;
import static dev.frontdesk.session.sessions.SessionsFixture.someAccount;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.SessionSignal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

class SessionSignalsIT {

    private final SessionsFixture fixture = new SessionsFixture(limits(2));
    private final RedisMessageListenerContainer listener = new RedisMessageListenerContainer();
    private final List<SessionSignal> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        listener.setConnectionFactory(fixture.connections());
        // One after the other, in the order of arrival.
        listener.setTaskExecutor(new SyncTaskExecutor());
        listener.afterPropertiesSet();
        listener.addMessageListener((message, _) -> hear(message), ChannelTopic.of(fixture.keys.signals()));
        listener.start();
    }

    @AfterEach
    void close() throws Exception {
        listener.destroy();
        fixture.close();
    }

    @Test
    void publishesEachEndOfASessionAndEachNewToken() {
        var account = someAccount();
        var first = fixture.open(account);
        fixture.clock.advance(ofSeconds(1));
        var second = fixture.open(account);
        var third = fixture.open(account);
        fixture.sessions.rotate(second.token(), second.session().id()).block();
        // Published once, however many requests refresh with it.
        fixture.sessions.rotate(second.token(), second.session().id()).block();
        fixture.revoke(account, third.session().id());
        fixture.revoke(account, third.session().id());
        fixture.revocations
                .revokeOpenedBefore(1, ACME, account.accountId(), null)
                .block();

        Awaitility.await().atMost(ofSeconds(20)).until(() -> heard.size() >= 4);
        assertThat(heard)
                .containsExactly(
                        new SessionSignal(REVOKED, first.session().id()),
                        new SessionSignal(ROTATED, second.session().id()),
                        new SessionSignal(REVOKED, third.session().id()),
                        new SessionSignal(REVOKED, second.session().id()));
    }

    @Test
    void publishesASessionThatARevocationMissed() {
        var account = someAccount();
        var used = fixture.open(account);
        var renewed = fixture.open(account);
        fixture.redis.delete(fixture.indexOf(account));
        fixture.revocations
                .revokeOpenedBefore(1, ACME, account.accountId(), null)
                .block();

        fixture.sessions.touch(used.token()).block();
        fixture.sessions.rotate(renewed.token(), renewed.session().id()).block();

        Awaitility.await().atMost(ofSeconds(20)).until(() -> heard.size() >= 2);
        assertThat(heard)
                .containsExactly(
                        new SessionSignal(REVOKED, used.session().id()),
                        new SessionSignal(REVOKED, renewed.session().id()));
    }

    private void hear(Message message) {
        heard.add(SessionSignal.parse(message.toString()).orElseThrow());
    }
}
