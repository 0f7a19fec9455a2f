package dev.frontdesk.notification.realtime;

import static dev.frontdesk.notification.EventSimulator.resumed;
import static dev.frontdesk.notification.EventSimulator.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.SocketClient;
import dev.frontdesk.notification.Visitor;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

@RunningService
class ClosedTenantsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private EventSimulator world;

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private ClosedTenantsCheck check;

    @LocalServerPort
    private int port;

    private final AtomicLong version = new AtomicLong(1);
    private final TenantId tenant = new TenantId("t" + UUID.randomUUID());

    @Test
    void closesTheSocketsOfASuspendedTenantAndOpensNoneUntilItIsResumed() {
        var ada = Visitor.withASession(tenant, gateway, port);
        var eve = Visitor.withASession(gateway, port);
        try (var hers = ada.opensASocket();
                var other = eve.opensASocket()) {
            // Sent again until it arrives: a broadcast does not deliver messages from before the instance subscribed.
            await().atMost(SOON).until(() -> {
                world.happens(suspended(tenant, version.incrementAndGet()));
                return !hers.isOpen();
            });
            assertThat(hers.awaitClose()).isEqualTo(4403);
            assertThat(other.isOpen()).isTrue();
            try (var again = ada.opensASocket()) {
                assertThat(again.awaitClose()).isEqualTo(4403);
            }

            world.happens(resumed(tenant, version.incrementAndGet()));
            await().atMost(SOON).until(() -> staysOpen(ada));
        }
    }

    @Test
    void opensNoSocketOfADeletedTenantForWhichTheInstanceHeardNoEvent() {
        database.sql("INSERT INTO tenants (id, status, version) VALUES (:id, 'deleted', 2)")
                .bind("id", tenant.value())
                .then()
                .block(SOON);

        try (var socket = Visitor.withASession(tenant, gateway, port).opensASocket()) {
            assertThat(socket.awaitClose()).isEqualTo(4403);
        }
    }

    @Test
    void closesTheSocketsOfATenantForWhichTheInstanceHeardNoEvent() {
        try (var socket = Visitor.withASession(tenant, gateway, port).opensASocket();
                var other = Visitor.withASession(gateway, port).opensASocket()) {
            other.socket().sendText("{\"type\":\"ping\"}", true);
            socket.socket().sendText("{\"type\":\"ping\"}", true);
            socket.awaitFrames(1);
            other.awaitFrames(1);
            database.sql("INSERT INTO tenants (id, status, version) VALUES (:id, 'suspended', 2)")
                    .bind("id", tenant.value())
                    .then()
                    .block(SOON);

            check.check().block(SOON);

            assertThat(socket.awaitClose()).isEqualTo(4403);
            assertThat(other.isOpen()).isTrue();
        }
    }

    /** Whether a ping is answered, and the socket not closed. */
    private static boolean staysOpen(Visitor visitor) {
        try (SocketClient socket = visitor.opensASocket()) {
            socket.socket().sendText("{\"type\":\"ping\"}", true);
            await().atMost(SOON)
                    .until(() -> !socket.isOpen() || !socket.frames().isEmpty());
            return !socket.frames().isEmpty();
        }
    }
}
