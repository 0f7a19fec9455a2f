package dev.frontdesk.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.SessionEvent;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.servers.Kafka;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RevocationIT extends RunningGateway {

    @Autowired
    private Kafka kafka;

    @Autowired
    private EventCodec codec;

    @Test
    void refusesASessionAtOnceWhenItsRevocationIsHeard() {
        String revoked = sessions.open("default");
        String other = sessions.open("default");
        assertThat(statusWith(revoked)).isEqualTo(200);
        assertThat(statusWith(other)).isEqualTo(200);

        // Sent again until it is heard: a broadcast tells nothing of what was said before the gateway listened.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            publishRevocationOf(sessions.session(revoked));
            assertThat(statusWith(revoked)).isEqualTo(401);
        });

        // session-service would still call it active: it is the event that counts.
        assertThat(sessions.lookUps()).hasSize(2);
        assertThat(statusWith(other)).isEqualTo(200);
    }

    private int statusWith(String token) {
        return client().get()
                .uri("/api/v1/cache/names/a")
                .header("Authorization", "Bearer " + token)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
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
