package dev.frontdesk.notification.realtime;

import static dev.frontdesk.notification.EventSimulator.signedIn;
import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.Instance;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.Visitor;
import dev.frontdesk.notification.notifications.Frame;
import dev.frontdesk.notification.notifications.Frames;
import dev.frontdesk.notification.notifications.Notification;
import dev.frontdesk.notification.notifications.NotificationKeys;
import dev.frontdesk.notification.notifications.Recipient;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;

@RunningService
class PeersIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String BIG = "x".repeat(50_000);

    @Autowired
    private EventSimulator world;

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private TestEnvironment environment;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private NotificationKeys keys;

    @Autowired
    private Frames frames;

    @Test
    void asksPeersWhetherTheyAreThereAndClosesTheSocketsOfThoseThatAreNot() throws Exception {
        try (var eager = Instance.start(environment, "frontdesk.notification.realtime.ping-interval=300ms")) {
            var ada = Visitor.withASession(gateway, eager.port());
            var sockets = eager.bean(Sockets.class);
            try (var answers = ada.opensASocket();
                    var silent = ada.opensARawSocket()) {
                assertThat(silent.readToTheEnd()).isEqualTo(4408);
                await().atMost(SOON).until(() -> sockets.count() == 1);

                int pings = answers.pings();
                await().atMost(SOON).until(() -> answers.pings() > pings + 3);
                assertThat(answers.isOpen()).isTrue();
            }
        }
    }

    @Test
    void closesAnOldSocketAndLosesNothingWhenItReconnects() {
        try (var brief = Instance.start(environment, "frontdesk.notification.realtime.socket-life=500ms")) {
            var ada = Visitor.withASession(gateway, brief.port());
            var seqs = new ArrayList<Long>();
            for (int visit = 0; visit < 3; visit++) {
                try (var socket = ada.resumesAfter(seqs.size())) {
                    world.happens(signedIn(ada.account(), "en", 1));
                    assertThat(socket.awaitClose()).isEqualTo(1012);
                    assertThat(socket.closeReason()).matches("\\{\"reconnect_after_ms\":[0-9]+}");
                    seqs.addAll(socket.seqs());
                }
            }
            var sockets = brief.bean(Sockets.class);
            await().atMost(SOON).until(() -> sockets.count() == 0);

            // For events that the previous visit was too early for.
            await().atMost(SOON).until(() -> {
                try (var socket = ada.resumesAfter(seqs.size())) {
                    socket.awaitClose();
                    seqs.addAll(socket.seqs());
                }
                return seqs.size() >= 3;
            });
            assertThat(seqs).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void closesOnlyTheSocketOfASlowReader() throws Exception {
        try (var strict = Instance.start(
                environment,
                "frontdesk.notification.realtime.queue=16",
                "frontdesk.notification.realtime.close-within=20s",
                "frontdesk.websocket.send-timeout=1m")) {
            var ada = Visitor.withASession(gateway, strict.port());
            var sockets = strict.bean(Sockets.class);
            try (var fast = ada.opensASocket();
                    var slow = ada.opensARawSocket()) {
                await().atMost(SOON).until(() -> sockets.count() == 2);
                // In step with the reader that keeps up, however busy the machine is; the other one reads nothing in
                // the meantime.
                for (int read = 0; read < 800; read += 8) {
                    int soFar = read + 8;
                    publishBigFrames(ada, read + 1, 8);
                    await().atMost(SOON)
                            .pollInterval(Duration.ofMillis(2))
                            .until(() -> fast.frames().size() == soFar);
                }

                assertThat(slow.readToTheEnd()).isEqualTo(4408);
                assertThat(fast.isOpen()).isTrue();
                await().atMost(SOON).until(() -> sockets.count() == 1);
            }
        }
    }

    @Test
    void cutsOffAReaderThatDoesNotEvenReadThatItIsClosed() throws Exception {
        try (var strict = Instance.start(
                environment,
                "frontdesk.notification.realtime.queue=16",
                "frontdesk.notification.realtime.close-within=300ms")) {
            var ada = Visitor.withASession(gateway, strict.port());
            var sockets = strict.bean(Sockets.class);
            try (var _ = ada.opensARawSocket()) {
                await().atMost(SOON).until(() -> sockets.count() == 1);
                publishBigFrames(ada, 1, 800);

                await().atMost(SOON).until(() -> sockets.count() == 0);
            }
        }
    }

    private void publishBigFrames(Visitor visitor, int from, int count) {
        var channel = keys.channel(new Recipient(new TenantId(EventSimulator.TENANT), visitor.account()));
        // Sends the first one until a socket receives it.
        var first = redis.convertAndSend(channel, big(from).json()).repeat().takeUntil(heard -> heard > 0);
        var others = Flux.range(from + 1, count - 1).concatMap(seq -> redis.convertAndSend(channel, big(seq).json()));
        verifyEnded(first.thenMany(others).then()).verifyComplete();
    }

    private Frame big(long seq) {
        return frames.of(new Notification(seq, UUID.randomUUID(), "test", "Big", BIG, Map.of(), Instant.now()));
    }
}
