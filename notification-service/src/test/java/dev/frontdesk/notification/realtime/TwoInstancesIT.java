package dev.frontdesk.notification.realtime;

import static dev.frontdesk.notification.EventSimulator.revoked;
import static dev.frontdesk.notification.EventSimulator.signedIn;
import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.identity.SessionSignal.Kind;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.Instance;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.Visitor;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

@RunningService
class TwoInstancesIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Autowired
    private EventSimulator world;

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private TestEnvironment environment;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @LocalServerPort
    private int port;

    @Test
    void shareAccountsTicketsAndRevocationsAndSendTheirSocketsToEachOther() {
        try (var second = Instance.start(environment)) {
            var here = Visitor.withASession(gateway, port);
            var there = here.at(second.port());
            // Issued by one instance, used at the other.
            var ticket = here.ticket();

            try (var socketHere = here.opensASocket();
                    var socketThere = there.uses(ticket);
                    var otherSession = there.onAnotherDevice().opensASocket()) {
                IntStream.range(0, 20).forEach(_ -> world.happens(signedIn(here.account(), "en", 1)));
                socketHere.awaitFrames(20);
                socketThere.awaitFrames(20);
                otherSession.awaitFrames(20);
                var all = LongStream.rangeClosed(1, 20).boxed().toList();
                assertThat(socketHere.seqs()).isEqualTo(all);
                assertThat(socketThere.seqs()).isEqualTo(all);
                assertThat(socketThere.frames()).isEqualTo(socketHere.frames());

                // The second instance receives revocations once it has its place in the topic.
                await().atMost(SOON).until(() -> {
                    world.happens(revoked(here.account(), here.session()));
                    return !socketHere.isOpen() && !socketThere.isOpen();
                });
                assertThat(socketHere.awaitClose()).isEqualTo(4401);
                assertThat(socketThere.awaitClose()).isEqualTo(4401);

                // At once over Redis; the later event from Kafka has nothing left to do.
                var tablet = here.onAnotherDevice();
                try (var tabletHere = tablet.opensASocket();
                        var tabletThere = tablet.at(second.port()).opensASocket()) {
                    tell(new SessionSignal(Kind.ROTATED, tablet.session()));
                    tell(new SessionSignal(Kind.REVOKED, tablet.session()));
                    assertThat(tabletHere.awaitClose()).isEqualTo(4401);
                    assertThat(tabletThere.awaitClose()).isEqualTo(4401);
                    world.happens(revoked(tablet.account(), tablet.session()));
                }
                assertThat(otherSession.isOpen()).isTrue();
                second.close();
                assertThat(otherSession.awaitClose()).isEqualTo(1012);
                assertThat(otherSession.closeReason()).matches("\\{\"reconnect_after_ms\":[0-9]+}");
            }
        }
    }

    /** Waits until both instances receive it. */
    private void tell(SessionSignal signal) {
        verifyEnded(redis.convertAndSend(SessionSignal.channel(keys), signal.message())
                        .repeat()
                        .takeUntil(heard -> heard >= 2)
                        .then())
                .verifyComplete();
    }
}
