package dev.frontdesk.session;

import static dev.frontdesk.session.GatewayStub.holder;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent;
import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountDisabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountRolesChanged;
import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.events.AccountEvent.AddressChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordReset;
import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.TenantEvent.TenantDeleted;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.values.Sha256;
import dev.frontdesk.session.GatewayStub.Device;
import dev.frontdesk.session.GatewayStub.Login;
import dev.frontdesk.session.sessions.Revocations;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;

@RunningSessionService
@WithServers({REDIS, KAFKA})
class AccountEventsIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final String ADA = "ada@example.org";
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private GatewayStub edge;

    @Autowired
    private RegistrationStub registration;

    @Autowired
    private Revocations revocations;

    @Autowired
    private MutableClock clock;

    @Autowired
    private Kafka kafka;

    @Autowired
    private EventCodec codec;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    private UUID ada = UUID.randomUUID();
    private Login first = new Login("", ada, Instant.EPOCH, "");
    private Login second = first;

    @BeforeEach
    void adaIsLoggedInTwice() {
        ada = registration.knows(ACME, ADA, PASSWORD);
        first = edge.login(ACME, ADA, PASSWORD);
        second = edge.login(ACME, ADA, PASSWORD);
    }

    @Test
    void aChangedPasswordEndsTheOtherSessions() {
        publish(new PasswordChanged("acme", ada, ADA, "Ada", "tr", first.sessionId(), 1, clock.instant()));

        awaitOpen(first);
        assertThat(edge.introspect(second.token()).active()).isFalse();
    }

    @Test
    void aLatePasswordResetLeavesWhatWasOpenedWithTheNewPassword() {
        Instant resetAt = clock.instant();
        registration.has(1, ada);
        var later = edge.login(ACME, ADA, PASSWORD);
        publish(new PasswordReset("acme", ada, ADA, "Ada", "tr", 1, resetAt));

        awaitOpen(later);
    }

    @Test
    void aDeletedTenantEndsItsSessionsAndNoOthers() {
        var gone = new TenantId("gone-" + ada.toString().substring(0, 8));
        var logins = IntStream.range(0, 5)
                .mapToObj(i -> {
                    String email = "grace" + i + "@example.org";
                    registration.knows(gone, email, PASSWORD);
                    return edge.login(gone, email, PASSWORD);
                })
                .toList();
        assertThat(logins).allMatch(login -> edge.introspect(login.token()).active());

        publish(Topics.TENANT_EVENTS, new TenantDeleted(gone.value(), 2, clock.instant()));

        await().until(() -> logins.stream()
                .noneMatch(login -> edge.introspect(login.token()).active()));
        awaitOpen(first, second);
    }

    @Test
    void otherRightsNeedAnotherLogin() {
        publish(new AccountRolesChanged("acme", ada, Set.of("operator"), 1, clock.instant()));

        awaitOpen();
        registration.has(1, ada);
        edge.login(ACME, ADA, PASSWORD);
    }

    @Test
    void aLoginOnItsWayWithTheOldPasswordOpensNothing() {
        try (var held = registration.holdsNextAnswer()) {
            var login = CompletableFuture.supplyAsync(() -> edge.tryLogin(ACME, ADA, PASSWORD));
            held.awaitQuestion();
            // Does what the event does, without its delay: the login waits for its response only for a limited time.
            revocations.revokeOpenedBefore(1, ACME, ada, null).block();
            // The password changes here; the response in flight says otherwise.
            registration.changes(ada, "another horse, same battery");
            held.release();

            login.join().expectStatus().isUnauthorized();
        }
        awaitOpen();
    }

    @Test
    void aLoginThatIsOvertakenByAnotherChangeGoesOnWithIt() {
        try (var held = registration.holdsNextAnswer()) {
            var login = CompletableFuture.supplyAsync(() -> edge.tryLogin(ACME, ADA, PASSWORD));
            held.awaitQuestion();
            revocations.revokeOpenedBefore(1, ACME, ada, null).block();
            registration.has(1, ada);
            held.release();

            login.join().expectStatus().isCreated();
        }
        assertThat(openSessions()).hasSize(1);
    }

    @Test
    void aLoginWhoseCredentialsNeverCountIsToldToComeBack() {
        publish(new AccountDeleted("acme", ada, ADA, "Ada", "tr", clock.instant()));
        awaitOpen();

        edge.tryLogin(ACME, ADA, PASSWORD)
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After");
    }

    @ParameterizedTest
    @ValueSource(classes = {AccountDisabled.class, AccountDeleted.class})
    void aClosedAccountHasNoSessions(Class<?> how) {
        var bystander = registration.knows(ACME, "grace@example.org", PASSWORD);
        var others = edge.login(ACME, "grace@example.org", PASSWORD);
        publish(
                how == AccountDisabled.class
                        ? new AccountDisabled("acme", ada, 1, clock.instant())
                        : new AccountDeleted("acme", ada, ADA, "Ada", "tr", clock.instant()));

        awaitOpen();
        assertThat(edge.sessionsOf(holder(ACME, bystander, others))).hasSize(1);
    }

    @Test
    void whoHasResetThePasswordDoesNotWaitForTheGuessesOfOthers() {
        String grace = "grace-" + UUID.randomUUID() + "@example.org";
        UUID account = registration.knows(ACME, grace, PASSWORD);
        lockOut(grace);

        publish(new PasswordReset("acme", account, grace, "Grace", "en", 1, clock.instant()));

        registration.has(1, account);
        awaitLogin(grace);
    }

    @Test
    void whoHasProvedAnAddressDoesNotWaitForGuessesAtIt() {
        String grace = "grace-" + UUID.randomUUID() + "@example.org";
        UUID account = registration.knows(ACME, grace, PASSWORD);
        lockOut(grace);

        publish(new AccountVerified("acme", account, grace, "Grace", "Hopper", "en", clock.instant()));

        awaitLogin(grace);
    }

    @Test
    void whoSignsUpAgainHasNoDeviceOfTheAccountBefore() {
        String grace = "grace-" + UUID.randomUUID() + "@example.org";
        UUID account = registration.knows(ACME, grace, PASSWORD);
        String token = edge.login(ACME, grace, PASSWORD).deviceToken();
        assertThat(loginWith(grace, token)).isEqualTo(token);

        publish(new AccountDeleted("acme", account, grace, "Grace", "en", clock.instant()));
        registration.knows(ACME, grace, PASSWORD);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(knownDevices(grace)).isZero());
        clock.advance(Duration.ofMillis(1));
        assertThat(loginWith(grace, token)).isNotEqualTo(token);
    }

    @Test
    void whoGetsAnAddressHasNoDeviceOfItsOwnerBefore() {
        String grace = "grace-" + UUID.randomUUID() + "@example.org";
        UUID account = registration.knows(ACME, grace, PASSWORD);
        String token = edge.login(ACME, grace, PASSWORD).deviceToken();

        publish(new AddressChanged("acme", account, grace, "x" + grace, "Grace", "en", clock.instant()));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(knownDevices(grace)).isZero());
        assertThat(loginWith(grace, token)).isNotEqualTo(token);
    }

    private void lockOut(String email) {
        for (int i = 0; i < 5; i++) {
            guess(email, 401, i);
        }
        guess(email, 429, 5);
    }

    private void guess(String email, int status, int stranger) {
        edge.from(ACME, "198.18." + Math.floorMod(email.hashCode(), 200) + "." + stranger)
                .post()
                .uri("/api/v1/sessions")
                .bodyValue(Map.of("email", email, "password", "wrong horse battery"))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    private void awaitLogin(String email) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        edge.tryLogin(ACME, email, PASSWORD).expectStatus().isCreated());
    }

    /** @return the token that the device must store */
    private String loginWith(String email, String deviceToken) {
        return requireNonNull(edge.as(new Caller.Anonymous(ACME))
                        .post()
                        .uri("/api/v1/sessions")
                        .bodyValue(Map.of("email", email, "password", PASSWORD, "device_token", deviceToken))
                        .exchange()
                        .expectStatus()
                        .isCreated()
                        .expectBody(Login.class)
                        .returnResult()
                        .getResponseBody())
                .deviceToken();
    }

    private long knownDevices(String email) {
        return requireNonNull(redis.scan(ScanOptions.scanOptions()
                        .match("*:acme:login-devices:*:" + Sha256.hex(email))
                        .build())
                .count()
                .block());
    }

    private void awaitOpen(Login... logins) {
        var ids = Arrays.stream(logins).map(Login::sessionId).toList();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(openSessions()).isEqualTo(Set.copyOf(ids)));
    }

    private Set<UUID> openSessions() {
        List<Device> devices = edge.sessionsOf(holder(ACME, ada, first));
        return Set.copyOf(devices.stream().map(Device::id).toList());
    }

    private void publish(AccountEvent event) {
        publish(Topics.ACCOUNT_EVENTS, event);
    }

    private void publish(String topic, Event event) {
        var stored = codec.store(UUID.randomUUID(), event, clock.instant(), null);
        kafka.topic(topic)
                .send(
                        stored.key(),
                        stored.data(),
                        Map.of(
                                "ce_id", stored.id().toString(),
                                "ce_type", stored.type(),
                                "ce_time", stored.time().toString()));
    }
}
