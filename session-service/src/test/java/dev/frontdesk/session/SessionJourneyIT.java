package dev.frontdesk.session;

import static dev.frontdesk.session.GatewayStub.holder;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.introspection.Introspection;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.SessionCookies;
import dev.frontdesk.session.GatewayStub.Device;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.KafkaRecord;
import dev.frontdesk.testsupport.servers.WithServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@RunningSessionService
@WithServers({REDIS, KAFKA})
class SessionJourneyIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");
    private static final String ADA = "ada@example.org";
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private GatewayStub edge;

    @Autowired
    private RegistrationStub registration;

    @Autowired
    private MutableClock clock;

    @Autowired
    private Kafka kafka;

    @Autowired
    private EventCodec codec;

    private UUID ada = UUID.randomUUID();

    @BeforeEach
    void adaHasAnAccount() {
        ada = registration.knows(ACME, ADA, PASSWORD);
    }

    @Test
    void aLoginOpensASessionAndTellsOfIt() {
        var login = edge.login(ACME, ADA, PASSWORD);

        assertThat(login.token()).matches("fds_[0-9]{1,2}_[A-Za-z0-9_-]{43}");
        assertThat(login.expiresAt()).isEqualTo(clock.instant().plus(ofDays(7)));
        var told = awaitEvents(1).getFirst();
        assertThat(told.headers())
                .containsEntry("ce_type", EventType.SESSION_OPENED.ceType())
                .containsEntry("ce_source", "/session-service")
                .containsEntry("ce_tenant", "acme");
        var opened = (SessionOpened)
                codec.read(EventType.SESSION_OPENED, told.value().getBytes(StandardCharsets.UTF_8));
        assertThat(opened)
                .isEqualTo(new SessionOpened(
                        "acme",
                        ada,
                        login.sessionId(),
                        opened.deviceId(),
                        false,
                        "Firefox/140",
                        0,
                        "tr",
                        clock.instant()));
    }

    @Test
    void theTokenStandsForTheAccountUntilItIsRevoked() {
        var login = edge.login(ACME, ADA, PASSWORD);
        assertThat(edge.introspect(login.token()))
                .isEqualTo(new Introspection(
                        true,
                        "Bearer",
                        "acme",
                        ada,
                        login.sessionId(),
                        Set.of("editor"),
                        clock.instant().getEpochSecond(),
                        login.expiresAt().getEpochSecond(),
                        0L));

        edge.revokeCurrent(holder(ACME, ada, login));

        assertThat(edge.introspect(login.token())).isEqualTo(Introspection.INACTIVE);
        assertThat(edge.sessionsOf(holder(ACME, ada, login))).isEmpty();
        var told = awaitEvents(2).getLast();
        assertThat(codec.read(EventType.SESSION_REVOKED, told.value().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new SessionRevoked("acme", ada, login.sessionId(), clock.instant()));
    }

    @Test
    void operatorsSeeTheSessionsOfAnAccountTheLastUsedFirst() {
        var first = edge.login(ACME, ADA, PASSWORD);
        clock.advance(ofSeconds(90));
        var second = edge.login(ACME, ADA, PASSWORD);

        var shown = edge.sessionsOfAccount(new Caller.Operator(ACME), ada.toString());
        assertThat(shown.expectStatus()
                        .isOk()
                        .expectHeader()
                        .valueEquals("Cache-Control", "no-store")
                        .expectBody()
                        .jsonPath("$.sessions[0].id")
                        .isEqualTo(second.sessionId().toString())
                        .jsonPath("$.sessions[1].id")
                        .isEqualTo(first.sessionId().toString())
                        .jsonPath("$.sessions[1].user_agent")
                        .isEqualTo("Firefox/140")
                        .jsonPath("$.sessions[2]")
                        .doesNotExist()
                        .jsonPath("$.sessions[0].current")
                        .doesNotExist()
                        .returnResult()
                        .getResponseBody())
                .isNotEmpty();
        edge.sessionsOfAccount(new Caller.Operator(GLOBEX), ada.toString())
                .expectBody()
                .json("{\"sessions\": []}");
        edge.sessionsOfAccount(new Caller.Operator(ACME), "1").expectStatus().isNotFound();
    }

    @Test
    void theOwnerSeesEachDeviceAndWhichOneThisIs() {
        var phone = edge.login(ACME, ADA, PASSWORD);
        clock.advance(ofHours(1));
        var laptop = edge.login(ACME, ADA, PASSWORD);

        var now = clock.instant();
        var seen = edge.sessionsOf(holder(ACME, ada, phone));
        assertThat(seen)
                .extracting(Device::id, Device::current, Device::createdAt, Device::expiresAt)
                .containsExactly(
                        tuple(laptop.sessionId(), false, now, laptop.expiresAt()),
                        tuple(phone.sessionId(), true, now.minus(ofHours(1)), phone.expiresAt()));
        assertThat(seen).extracting(Device::userAgent).containsOnly("Firefox/140");

        JsonNode current = edge.as(holder(ACME, ada, phone))
                .get()
                .uri(GatewayStub.CURRENT)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(requireNonNull(current).propertyNames())
                .containsExactlyInAnyOrder(
                        "account_id",
                        "tenant",
                        "roles",
                        "id",
                        "device_id",
                        "device_name",
                        "user_agent",
                        "created_at",
                        "last_activity_at",
                        "expires_at",
                        "current");
        assertThat(current.get("account_id").asString()).isEqualTo(ada.toString());
        assertThat(current.get("tenant").asString()).isEqualTo("acme");
        assertThat(current.get("roles").toString()).isEqualTo("[\"editor\"]");
        assertThat(current.get("id").asString()).isEqualTo(phone.sessionId().toString());
        assertThat(current.get("current").asBoolean()).isTrue();
    }

    @Test
    void theOwnerEndsOneOrAllOtherSessionsOfTheAccount() {
        var phone = edge.login(ACME, ADA, PASSWORD);
        var laptop = edge.login(ACME, ADA, PASSWORD);
        var tablet = edge.login(ACME, ADA, PASSWORD);
        var owner = holder(ACME, ada, phone);
        registration.knows(ACME, "grace@example.org", PASSWORD);
        var grace = edge.login(ACME, "grace@example.org", PASSWORD);
        registration.knows(GLOBEX, "elsewhere@example.org", PASSWORD);
        var elsewhere = edge.login(GLOBEX, "elsewhere@example.org", PASSWORD);

        tryRevoke(owner, laptop.sessionId()).expectStatus().isNoContent();
        assertNoSuch(tryRevoke(owner, laptop.sessionId()));
        assertNoSuch(tryRevoke(owner, grace.sessionId()));
        assertNoSuch(tryRevoke(owner, elsewhere.sessionId()));
        assertThat(edge.introspect(laptop.token())).isEqualTo(Introspection.INACTIVE);
        assertThat(edge.introspect(tablet.token()).active()).isTrue();

        assertThat(revokeOthers(owner)).isEqualTo("{\"revoked\":1}");
        assertThat(revokeOthers(owner)).isEqualTo("{\"revoked\":0}");
        assertThat(edge.introspect(tablet.token())).isEqualTo(Introspection.INACTIVE);
        for (var untouched : List.of(phone, grace, elsewhere)) {
            assertThat(edge.introspect(untouched.token()).active()).isTrue();
        }
    }

    @Test
    void aSessionThatIsOverShowsNothingOfItself() {
        var login = edge.login(ACME, ADA, PASSWORD);
        var owner = holder(ACME, ada, login);
        edge.revokeCurrent(owner);

        edge.as(owner).get().uri(GatewayStub.CURRENT).exchange().expectStatus().isUnauthorized();
        edge.tryRefresh(owner, login.token()).expectStatus().isUnauthorized();
    }

    @Test
    void aRefreshedTokenTakesTheOldOnesPlace() {
        var login = edge.login(ACME, ADA, PASSWORD);
        var owner = holder(ACME, ada, login);

        var renewed = edge.refresh(owner, login.token());

        assertThat(renewed.token()).isNotEqualTo(login.token());
        assertThat(renewed.sessionId()).isEqualTo(login.sessionId());
        // For requests in flight; so it is the same for every request with the old token.
        assertThat(edge.introspect(login.token()).exp())
                .isEqualTo(clock.instant().plusSeconds(10).getEpochSecond());
        assertThat(edge.refresh(owner, login.token()).token()).isEqualTo(renewed.token());
        clock.advance(ofSeconds(10));
        assertThat(edge.introspect(login.token())).isEqualTo(Introspection.INACTIVE);
        edge.tryRefresh(owner, login.token()).expectStatus().isUnauthorized();
        assertThat(edge.introspect(renewed.token()).active()).isTrue();
    }

    @Test
    void aBrowserHasItsNewTokenInTheCookieAlone() {
        var login = edge.login(ACME, ADA, PASSWORD);

        var answer = edge.as(holder(ACME, ada, login))
                .post()
                .uri(GatewayStub.REFRESH)
                .header(Headers.SESSION_TOKEN, login.token())
                .header(Headers.COOKIES, Headers.COOKIES_HELD)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult();

        assertThat(answer.getResponseBody())
                .contains(login.sessionId().toString())
                .doesNotContain("token")
                .doesNotContain("fds_");
        var cookie = requireNonNull(answer.getResponseCookies().getFirst(SessionCookies.SESSION));
        assertThat(cookie.getMaxAge()).isEqualTo(ofDays(30));
        assertThat(edge.introspect(cookie.getValue()).sid()).isEqualTo(login.sessionId());
    }

    @Test
    void aBrowserForgetsTheSessionThatItEnds() {
        for (String path : List.of("current", "")) {
            var login = edge.login(ACME, ADA, PASSWORD);
            var cookies = edge.as(holder(ACME, ada, login))
                    .delete()
                    .uri(GatewayStub.SESSIONS + "/" + (path.isEmpty() ? login.sessionId() : path))
                    .header(Headers.COOKIES, Headers.COOKIES_HELD)
                    .exchange()
                    .expectStatus()
                    .isNoContent()
                    .expectBody()
                    .returnResult()
                    .getResponseCookies();

            assertThat(requireNonNull(cookies.getFirst(SessionCookies.SESSION)).getMaxAge())
                    .isZero();
        }
    }

    @Test
    void onlyTheTokenOfTheCallersSessionIsRefreshed() {
        var login = edge.login(ACME, ADA, PASSWORD);
        var owner = holder(ACME, ada, login);
        var other = edge.login(ACME, ADA, PASSWORD);

        edge.tryRefresh(owner, other.token()).expectStatus().isUnauthorized();
        edge.tryRefresh(owner, "not-a-token").expectStatus().isUnauthorized();
        edge.as(owner).post().uri(GatewayStub.REFRESH).exchange().expectStatus().isUnauthorized();
        edge.as(owner)
                .post()
                .uri(GatewayStub.REFRESH)
                .header(Headers.SESSION_TOKEN, login.token(), login.token())
                .exchange()
                .expectStatus()
                .isUnauthorized();

        assertThat(edge.introspect(login.token()).active()).isTrue();
        assertThat(edge.introspect(other.token()).active()).isTrue();
    }

    @Test
    void useKeepsASessionOpenAndIdlenessEndsIt() {
        var login = edge.login(ACME, ADA, PASSWORD);

        clock.advance(ofDays(6));
        assertThat(edge.introspect(login.token()).exp())
                .isEqualTo(clock.instant().plus(ofDays(7)).getEpochSecond());
        clock.advance(ofDays(6));
        assertThat(edge.introspect(login.token()).active()).isTrue();
        clock.advance(ofDays(7));
        assertThat(edge.introspect(login.token())).isEqualTo(Introspection.INACTIVE);
    }

    @Test
    void noUseKeepsASessionOpenForMoreThanThirtyDays() {
        var login = edge.login(ACME, ADA, PASSWORD);

        for (int day = 0; day < 29; day++) {
            clock.advance(ofDays(1));
            assertThat(edge.introspect(login.token()).active()).isTrue();
        }
        clock.advance(ofDays(1));
        assertThat(edge.introspect(login.token())).isEqualTo(Introspection.INACTIVE);
    }

    @Test
    void twoRevocationsAtOnceAreOne() {
        var login = edge.login(ACME, ADA, PASSWORD);
        var caller = holder(ACME, ada, login);

        IntStream.range(0, 2).parallel().forEach(_ -> edge.revokeCurrent(caller));
        edge.revokeCurrent(caller);
        // Events of one account stay in order: a later event can't be hidden behind this login.
        edge.login(ACME, ADA, PASSWORD);

        assertThat(typesOf(awaitEvents(3)))
                .containsExactly(
                        EventType.SESSION_OPENED.ceType(),
                        EventType.SESSION_REVOKED.ceType(),
                        EventType.SESSION_OPENED.ceType());
    }

    @Test
    void aPresetTokenIsNeverAdopted() {
        var earlier = edge.login(ACME, ADA, PASSWORD);
        var preset = earlier.token();
        edge.revokeCurrent(holder(ACME, ada, earlier));

        var login = edge.as(new Caller.Anonymous(ACME))
                .post()
                .uri(GatewayStub.SESSIONS)
                .header("Authorization", "Bearer " + preset)
                .header("Cookie", "__Host-session=" + preset + "; token=" + preset)
                .bodyValue(Map.of("email", ADA, "password", PASSWORD))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(GatewayStub.Login.class)
                .returnResult()
                .getResponseBody();

        assertThat(login).isNotNull();
        assertThat(login.token()).isNotEqualTo(preset);
        assertThat(edge.introspect(preset)).isEqualTo(Introspection.INACTIVE);
    }

    @Test
    void aLoginAddsToAnOpenSessionAndTakesNothingFromIt() {
        var first = edge.login(ACME, ADA, PASSWORD);

        var second = edge.as(holder(ACME, ada, first))
                .post()
                .uri(GatewayStub.SESSIONS)
                .bodyValue(Map.of("email", ADA, "password", PASSWORD))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(GatewayStub.Login.class)
                .returnResult()
                .getResponseBody();

        assertThat(second).isNotNull();
        assertThat(second.token()).isNotEqualTo(first.token());
        assertThat(edge.introspect(first.token()).active()).isTrue();
        assertThat(edge.introspect(second.token()).active()).isTrue();
    }

    @Test
    void anAccountOfAnotherTenantIsAStranger() {
        var login = edge.login(ACME, ADA, PASSWORD);
        var stranger = holder(GLOBEX, ada, login);

        assertThat(edge.sessionsOf(stranger)).isEmpty();
        edge.revokeCurrent(stranger);
        edge.tryLogin(GLOBEX, ADA, PASSWORD).expectStatus().isUnauthorized();

        assertThat(edge.introspect(login.token()).active()).isTrue();
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressGetTheSameAnswer() {
        var wrongPassword = problemOf(ADA, "incorrect horse battery");
        var unknownAddress = problemOf("nobody@example.org", PASSWORD);

        assertThat(wrongPassword).isEqualTo(unknownAddress).contains("wrong-credentials");
        assertThat(eventsOfAda()).isEmpty();
    }

    @Test
    void oneTraceRunsThroughTheCheckAndTheEvent() {
        var trace = UUID.randomUUID().toString().replace("-", "");

        edge.as(new Caller.Anonymous(ACME))
                .post()
                .uri(GatewayStub.SESSIONS)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .bodyValue(Map.of("email", ADA, "password", PASSWORD))
                .exchange()
                .expectStatus()
                .isCreated();

        assertThat(registration.lastTraceparent().orElse("")).startsWith("00-" + trace);
        assertThat(awaitEvents(1).getFirst().headers().get("traceparent")).startsWith("00-" + trace);
    }

    private ResponseSpec tryRevoke(Caller.Account caller, UUID sessionId) {
        return edge.as(caller)
                .delete()
                .uri(GatewayStub.SESSIONS + "/" + sessionId)
                .exchange();
    }

    private static void assertNoSuch(ResponseSpec answer) {
        answer.expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo(ProblemType.NOT_FOUND.uri().toString());
    }

    private String revokeOthers(Caller.Account caller) {
        return String.valueOf(edge.as(caller)
                .delete()
                .uri(GatewayStub.SESSIONS)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private String problemOf(String email, String password) {
        var body = edge.tryLogin(ACME, email, password)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return String.valueOf(body);
    }

    private static List<String> typesOf(List<KafkaRecord> records) {
        return records.stream().map(told -> told.headers().get("ce_type")).toList();
    }

    private List<KafkaRecord> awaitEvents(int count) {
        await().atMost(ofSeconds(20)).until(() -> eventsOfAda().size() >= count);
        return eventsOfAda();
    }

    private List<KafkaRecord> eventsOfAda() {
        return kafka.topic(Topics.SESSION_EVENTS).records().stream()
                .filter(told -> ada.toString().equals(told.key()))
                .toList();
    }
}
