package dev.frontdesk.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.SessionEvent;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.identity.SessionSignal.Kind;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

class RevocationIT extends RunningGateway {

    /** Shorter than a look-up is cached. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private Kafka kafka;

    @Autowired
    private EventCodec codec;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private LettuceConnectionFactory connections;

    @Autowired
    private KeySpace keys;

    @Autowired
    private TestEnvironment environment;

    @BeforeEach
    void awaitHearing() {
        new Signals(redis, keys).awaitHearing(sessions, port);
    }

    @Test
    void refusesASessionAtOnceAfterItsRevocation() {
        String revoked = sessions.open("default");
        String other = sessions.open("default");
        assertThat(statusWith(revoked)).isEqualTo(200);
        assertThat(statusWith(other)).isEqualTo(200);

        // Sent again until it arrives: a broadcast does not deliver messages from before the gateway subscribed.
        await().atMost(SOON).untilAsserted(() -> {
            publishRevocationOf(sessions.session(revoked));
            assertThat(statusWith(revoked)).isEqualTo(401);
        });

        // session-service would still return it as active: the event decides.
        assertThat(sessions.lookUps()).hasSize(2);
        assertThat(statusWith(other)).isEqualTo(200);
    }

    @Test
    void refusesASessionOnEveryGatewayAfterTheMessageOfRedis() {
        try (var second = Instances.gateway(environment, sessions.http.url())) {
            int there = Instances.port(second);
            new Signals(redis, keys).awaitHearing(sessions, port, there);
            String revoked = sessions.open("default");
            String other = sessions.open("default");
            for (int gateway : List.of(port, there)) {
                assertThat(statusWith(revoked, gateway)).isEqualTo(200);
                assertThat(statusWith(other, gateway)).isEqualTo(200);
            }

            tell(2, new SessionSignal(Kind.REVOKED, sessions.session(revoked).sessionId()));

            await().atMost(SOON).untilAsserted(() -> {
                assertThat(statusWith(revoked)).isEqualTo(401);
                assertThat(statusWith(revoked, there)).isEqualTo(401);
            });
            assertThat(statusWith(other)).isEqualTo(200);
            assertThat(statusWith(other, there)).isEqualTo(200);
            // session-service would still return it as active: no new look-up was made.
            assertThat(sessions.lookUps()).hasSize(4);
        }
    }

    @Test
    void looksUpTheOldTokenAgainAfterARotation() {
        String token = sessions.open("default");
        assertThat(statusWith(token)).isEqualTo(200);
        var signal = new SessionSignal(Kind.ROTATED, sessions.session(token).sessionId());
        sessions.end(token);

        tell(1, signal);

        await().atMost(SOON).untilAsserted(() -> assertThat(statusWith(token)).isEqualTo(401));
    }

    @Test
    void looksUpEverythingAgainAfterALostConnection() {
        String token = sessions.open("default");
        assertThat(statusWith(token)).isEqualTo(200);
        // No instance receives this message.
        sessions.end(token);
        assertThat(statusWith(token)).isEqualTo(200);

        try (var connection = ((RedisClient) connections.getRequiredNativeClient()).connect()) {
            connection.sync().clientKill(KillArgs.Builder.typePubsub());
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(statusWith(token)).isEqualTo(401));
    }

    private void tell(long listeners, SessionSignal signal) {
        new Signals(redis, keys).tell(listeners, signal);
    }

    private int statusWith(String token) {
        return statusWith(token, port);
    }

    private int statusWith(String token, int gateway) {
        return new Signals(redis, keys).statusWith(token, gateway);
    }

    private void publishRevocationOf(Caller.Account session) {
        var event = new SessionEvent.SessionRevoked(
                session.tenant().value(), session.accountId(), session.sessionId(), Instant.now());
        var stored = codec.store(UUID.randomUUID(), event, Instant.now(), null);
        kafka.topic(Topics.SESSION_EVENTS)
                .send(
                        stored.key(),
                        stored.data(),
                        Map.of(
                                "ce_id", stored.id().toString(),
                                "ce_type", EventType.SESSION_REVOKED.ceType(),
                                "ce_time", stored.time().toString()));
    }
}
