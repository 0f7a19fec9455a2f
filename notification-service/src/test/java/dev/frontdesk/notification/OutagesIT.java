package dev.frontdesk.notification;

import static dev.frontdesk.notification.EventSimulator.anyCode;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static dev.frontdesk.notification.EventSimulator.signedIn;
import static dev.frontdesk.notification.EventSimulator.verified;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static dev.frontdesk.testsupport.servers.Server.SMTP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.NotificationRequest.NotificationRequested;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.Postgres;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.Smtp;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;

/**
 * Each server stops or freezes and comes back: nothing is lost, and no client gets a wrong response in the meantime.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "frontdesk.notification.jobs.longest-backoff=2s",
            "frontdesk.notification.mail.send-timeout=2s",
            "frontdesk.notification.mail.idle-timeout=1s"
        })
@WithServers(own = {REDIS, POSTGRES, KAFKA, SMTP})
@Import(Fixtures.class)
@ConcurrentTestClass
class OutagesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private EventSimulator world;

    @Autowired
    private JobRows jobs;

    @Autowired
    private IdentityAssertions gateway;

    @LocalServerPort
    private int port;

    private final String email = anyEmail();
    private final String code = anyCode();
    private Visitor ada;

    @BeforeEach
    void letAdaIn() {
        ada = Visitor.withASession(gateway, port);
        // What the previous test stopped must run again.
        await().atMost(SOON)
                .until(() -> ada.asksForATicket()
                        .returnResult(Void.class)
                        .getStatus()
                        .is2xxSuccessful());
    }

    @Test
    void sendsTheMailWhenSmtpIsBack(@Autowired Smtp smtp) {
        smtp.stop();
        world.happens(world.codeAskedFor(email, "tr", code));
        await().atMost(SOON).until(() -> attempts() >= 2);
        assertThat(jobs.to(email).getFirst().failure()).contains("Connection refused");

        smtp.start();

        await().atMost(SOON).until(() -> smtp.messages(email).size() == 1);
        await().atMost(SOON).until(() -> state().equals("completed"));
    }

    @Test
    void sendsTheMailWhenSmtpAnswersAgain(@Autowired Smtp smtp) {
        var others = Stream.generate(EventSimulator::anyEmail).limit(8).toList();
        smtp.pause();
        others.forEach(other -> world.happens(verified(UUID.randomUUID(), other, "en")));
        world.happens(world.codeAskedFor(email, "en", code));
        await().atMost(SOON).until(() -> jobs.to(email).stream().anyMatch(mail -> mail.failure() != null));

        smtp.resume();

        await().atMost(SOON).until(() -> state().equals("completed"));
        assertThat(smtp.messages(email))
                .isNotEmpty()
                .allMatch(mail -> mail.text().contains(code));
        // None of these had been sent completely, so all of them are sent, exactly once.
        await().atMost(SOON)
                .until(() -> others.stream()
                        .allMatch(other -> jobs.to(other).getFirst().state().equals("completed")));
        assertThat(others).allSatisfy(other -> assertThat(smtp.messages(other)).hasSize(1));
    }

    @Test
    void consumesEventsOfAnOutageOfPostgres(@Autowired Postgres postgres, @Autowired Smtp smtp) {
        postgres.stop();
        world.happens(world.codeAskedFor(email, "en", code));
        world.happens(verified(ada.account(), "en"));
        // A ticket needs only Redis; the notifications for the socket are in PostgreSQL.
        try (var socket = ada.opensASocket()) {
            assertThat(socket.awaitClose()).isEqualTo(1013);
        }

        postgres.start();

        await().atMost(SOON).until(() -> smtp.messages(email).size() == 1);
        try (var socket = ada.opensASocket()) {
            assertThat(socket.awaitFrames(1).getFirst().get("kind").asString()).isEqualTo("account.verified");
        }
    }

    @Test
    void takesUpWhatHappenedWhilePostgresStoodStill(@Autowired Postgres postgres, @Autowired Smtp smtp) {
        postgres.pause();
        world.happens(world.codeAskedFor(email, "en", code));
        try (var socket = ada.opensASocket()) {
            assertThat(socket.awaitClose()).isEqualTo(1013);
        }

        postgres.resume();

        await().atMost(SOON).until(() -> smtp.messages(email).size() == 1);
    }

    @Test
    void showsEverythingOnceToASocketWhoseRedisCameBack(@Autowired Redis redis) {
        try (var socket = ada.opensASocket()) {
            world.happens(signedIn(ada.account(), "en", 1));
            socket.awaitFrames(1);

            redis.stop();
            IntStream.range(0, 5).forEach(_ -> world.happens(signedIn(ada.account(), "en", 1)));
            ada.asksForATicket().expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
            redis.start();

            socket.awaitFrames(6);
            // The publishing connection recovers by itself, maybe later than the subscribing one.
            await().atMost(SOON)
                    .untilAsserted(() -> ada.asksForATicket().expectStatus().isCreated());
            world.happens(signedIn(ada.account(), "en", 1));
            socket.awaitFrames(7);
            assertThat(socket.seqs())
                    .isEqualTo(LongStream.rangeClosed(1, 7).boxed().toList());
        }
    }

    @Test
    void sendsMailsWhileRedisIsDown(@Autowired Redis redis, @Autowired Smtp smtp) {
        redis.stop();
        world.happens(verified(ada.account(), "en"));
        world.happens(world.codeAskedFor(email, "en", code));

        await().atMost(SOON).until(() -> smtp.messages(email).size() == 1);
        redis.start();
    }

    @Test
    void showsEverythingOnceWhenRedisStoodStill(@Autowired Redis redis) {
        try (var socket = ada.opensASocket()) {
            world.happens(signedIn(ada.account(), "en", 1));
            socket.awaitFrames(1);

            redis.pause();
            world.happens(signedIn(ada.account(), "en", 1));
            await().atMost(SOON).until(() -> kept() == 2);
            redis.resume();
            socket.awaitFrames(2);

            world.happens(signedIn(ada.account(), "en", 1));
            socket.awaitFrames(3);
            assertThat(socket.seqs()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void opensAndServesSocketsWhileRedisIsFullAndGivesNoNewTickets(@Autowired Redis redis) {
        var ticket = ada.ticket();
        try (var socket = ada.opensASocket()) {
            redis.fill();
            try {
                ada.asksForATicket()
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .exists("Retry-After")
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
                world.happens(signedIn(ada.account(), "en", 1));
                socket.awaitFrames(1);
                try (var another = ada.uses(ticket)) {
                    world.happens(signedIn(ada.account(), "en", 1));
                    socket.awaitFrames(2);
                    another.awaitFrames(1);
                }
                // It was used, even where nothing new can be recorded.
                try (var again = ada.uses(ticket)) {
                    assertThat(again.awaitClose()).isEqualTo(4401);
                }
            } finally {
                redis.makeRoom();
            }
            world.happens(signedIn(ada.account(), "en", 1));
            socket.awaitFrames(3);
            assertThat(socket.seqs()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void hearsAgainWhenKafkaIsBack(@Autowired Kafka kafka, @Autowired Smtp smtp) {
        kafka.stop();
        kafka.start();
        world.happens(world.codeAskedFor(email, "en", code));

        await().atMost(SOON).until(() -> smtp.messages(email).size() == 1);
    }

    @Test
    void takesRequestsWhileKafkaStandsStillAndThoseOnKafkaAfterwards(@Autowired Kafka kafka) {
        var shop = new Api(gateway, port, new Caller.Operator(new TenantId(EventSimulator.TENANT)));
        var request = Map.of("account_id", ada.account(), "kind", "hello", "title", "Hello");
        var key = Map.of(Headers.IDEMPOTENCY_KEY, ada.account().toString());
        kafka.pause();

        assertThat(shop.post("/api/v1/notifications", request, key).status()).isEqualTo(202);
        await().atMost(SOON).until(() -> kept() == 1);
        kafka.resume();
        world.happens(new NotificationRequested(
                EventSimulator.TENANT, ada.account(), "hello", Map.of(), "Again", null, "en", false, null));

        await().atMost(SOON).until(() -> kept() == 2);
    }

    @Test
    void answersOnceDespiteAnOutageOfPostgres(@Autowired Postgres postgres) {
        var shop = new Api(gateway, port, new Caller.Operator(new TenantId(EventSimulator.TENANT)));
        var request = Map.of("account_id", ada.account(), "kind", "hello", "title", "Hello");
        var key = Map.of(Headers.IDEMPOTENCY_KEY, ada.account().toString());
        postgres.stop();
        assertThat(shop.post("/api/v1/notifications", request, key).status()).isEqualTo(503);
        postgres.start();

        await().atMost(SOON)
                .until(() -> shop.post("/api/v1/notifications", request, key).status() == 202);

        assertThat(shop.post("/api/v1/notifications", request, key))
                .isEqualTo(shop.post("/api/v1/notifications", request, key));
        await().atMost(SOON).until(() -> kept() == 1);
    }

    private int attempts() {
        return jobs.to(email).stream().mapToInt(JobRows.Row::attempts).sum();
    }

    private int kept() {
        var sql = "SELECT count(*) FROM notification.notifications WHERE account_id = CAST(? AS uuid)";
        return Integer.parseInt(String.valueOf(jobs.value(sql, ada.account().toString())));
    }

    private String state() {
        return jobs.to(email).getFirst().state();
    }
}
