package dev.frontdesk.gateway.identity;

import static dev.frontdesk.gateway.identity.SessionFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class CallersTest {

    private static final String KEY = "fdo_" + "k".repeat(43);

    private static final SameOriginCheck OWN_PAGES = new SameOriginCheck(new BrowserProperties(Set.of()), _ -> false);

    private final Map<String, OpenSession> open = new HashMap<>();
    private final Map<ApiKeyText, Caller.ApiKey> keys = new HashMap<>();
    private final HttpHeaders headers = new HttpHeaders();
    private final Callers callers = new Callers(
            (token, _) -> Mono.justOrEmpty(open.get(token)),
            (shown, _) -> Mono.justOrEmpty(keys.get(shown)),
            new OperatorKey(KEY),
            CallersTest::checkTenant,
            OWN_PAGES,
            _ -> {});

    @Test
    void isAnonymousInTheDefaultTenantWithoutAnything() {
        assertThat(caller()).isEqualTo(new Caller.Anonymous(TenantId.DEFAULT));
    }

    @Test
    void isAnonymousInTheTenantThatIsNamed() {
        headers.set("X-Tenant-Id", "acme");

        assertThat(caller()).isEqualTo(new Caller.Anonymous(new TenantId("acme")));
    }

    @Test
    void isTheOperatorInTheTenantThatIsNamed() {
        headers.set("X-API-Key", KEY);
        assertThat(caller()).isEqualTo(new Caller.Operator(TenantId.DEFAULT));

        headers.set("X-Tenant-Id", "acme");
        assertThat(caller()).isEqualTo(new Caller.Operator(new TenantId("acme")));
    }

    @Test
    void refusesAnUnknownTenantOfEveryCaller() {
        headers.set("X-Tenant-Id", "made-up");
        assertThat(refusal(callers).type()).isEqualTo(ProblemType.NOT_FOUND);

        headers.set("X-API-Key", KEY);
        assertThat(refusal(callers).type()).isEqualTo(ProblemType.NOT_FOUND);

        headers.clear();
        open.put(TOKEN, SessionFixture.in("made-up"));
        headers.setBearerAuth(TOKEN);
        assertThat(refusal(callers).type()).isEqualTo(ProblemType.NOT_FOUND);
    }

    private static void checkTenant(TenantId tenant) {
        if (tenant.value().equals("made-up")) {
            throw new ProblemException(ProblemType.NOT_FOUND, "Tenant not found.");
        }
    }

    @Test
    void isTheApplicationOfAKeyInEitherHeader() {
        var key = keyIn("acme");

        headers.set("X-API-Key", key.text());
        assertThat(caller()).isEqualTo(keys.get(key));
        headers.set("Authorization", "Basic dXNlcjpwYXNz");
        assertThat(caller()).as("beside another Authorization").isEqualTo(keys.get(key));

        headers.remove("X-API-Key");
        headers.setBearerAuth(key.text());
        assertThat(caller()).isEqualTo(keys.get(key));
        headers.set("X-Tenant-Id", "acme");
        assertThat(caller()).isEqualTo(keys.get(key));
        headers.set("X-Tenant-Id", "other");
        assertThat(refusal(callers).type()).isEqualTo(ProblemType.FORBIDDEN);
    }

    @Test
    void isTheUserOfASessionThatIsShownWithAKey() {
        var key = keyIn("acme");
        var session = SessionFixture.in("acme");
        open.put(TOKEN, session);
        headers.set("X-API-Key", key.text());
        headers.setBearerAuth(TOKEN);

        var user = session.caller();
        assertThat(caller())
                .isEqualTo(new Caller.Account(
                        user.tenant(), user.accountId(), user.sessionId(), user.roles(), keys.get(key)));

        open.put(TOKEN, SessionFixture.in("other"));
        assertThat(refusal(callers).type()).isEqualTo(ProblemType.FORBIDDEN);
        open.clear();
        assertThat(refusal(callers).type()).isEqualTo(ProblemType.UNAUTHENTICATED);
        keys.clear();
        open.put(TOKEN, session);
        assertThat(refusal(callers).type()).isEqualTo(ProblemType.UNAUTHENTICATED);
    }

    @Test
    void refusesAKeyWithATypingErrorWithoutALookUp() {
        String text = keyIn("acme").text();

        for (String wrong :
                List.of(text.substring(1), text + "x", text.replace("fdk_", "fdk__"), text.toUpperCase(Locale.ROOT))) {
            headers.set("X-API-Key", wrong);
            assertThat(refusal(callers).type()).as(wrong).isEqualTo(ProblemType.UNAUTHENTICATED);
        }
    }

    private ApiKeyText keyIn(String tenant) {
        var key = ApiKeyText.generate(UUID.randomUUID());
        keys.put(key, new Caller.ApiKey(new TenantId(tenant), key.id(), new Scopes(List.of())));
        return key;
    }

    @Test
    void isTheAccountOfTheSession() {
        var session = SessionFixture.in("acme");
        open.put(TOKEN, session);
        headers.setBearerAuth(TOKEN);

        StepVerifier.create(callers.identify(request()))
                .expectNext(new Identity.Known(
                        session.caller(),
                        new Credential.SessionToken(TOKEN, Credential.Carrier.AUTHORIZATION),
                        SessionFixture.OPENED))
                .verifyComplete();
    }

    @Test
    void takesTheTenantOfTheSession() {
        open.put(TOKEN, SessionFixture.in("acme"));
        headers.setBearerAuth(TOKEN);
        headers.set("X-Tenant-Id", "acme");
        assertThat(caller().tenant()).isEqualTo(new TenantId("acme"));

        headers.set("X-Tenant-Id", "default");
        assertRefusedWith(403);
    }

    @Test
    void refusesAnUnknownToken() {
        headers.setBearerAuth(TOKEN);

        assertRefusedWith(401);
    }

    @Test
    void refusesAWrongApiKey() {
        headers.set("X-API-Key", "fdo_" + "x".repeat(43));

        assertRefusedWith(401);
    }

    @Test
    void doesNotTakeASessionTokenForAnApiKey() {
        open.put(TOKEN, SessionFixture.in("default"));
        headers.set("X-API-Key", TOKEN);

        assertRefusedWith(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ACME", "a b", "-a", "a/../b", "_", "x\u00e9"})
    void refusesATenantThatIsNone(String tenant) {
        headers.set("X-Tenant-Id", tenant);

        assertRefusedWith(400);
    }

    @Test
    void refusesTwoTenants() {
        headers.add("X-Tenant-Id", "acme");
        headers.add("X-Tenant-Id", "acme");

        assertRefusedWith(400);
    }

    private ServerHttpRequest request() {
        return MockServerHttpRequest.get("/api/v1/cache/names/a")
                .headers(headers)
                .build();
    }

    private Caller caller() {
        return ((Identity.Known) identity(callers)).caller();
    }

    private ProblemException refusal(Callers callers) {
        return ((Identity.Refused) identity(callers)).problem();
    }

    private Identity identity(Callers callers) {
        return callers.identify(request()).blockOptional().orElseThrow();
    }

    private void assertRefusedWith(int status) {
        assertThat(refusal(callers).getStatusCode().value()).isEqualTo(status);
    }
}
