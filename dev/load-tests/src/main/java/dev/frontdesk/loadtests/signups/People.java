package dev.frontdesk.loadtests.signups;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.loadtests.http.Browser;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.load.Load.Ask;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.state.Secrets;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;

/**
 * Requests of clients to the services, called directly as the gateway does, because the gateway limits requests per
 * address.
 */
final class People {

    static final String PASSWORD = "correct horse battery";

    private static final TenantId TENANT = new TenantId("default");

    /** An address whose clients may sign up without a limit in a local stack. */
    private static final String THIS_MACHINE = "127.0.0.1";

    private final Browser registration;
    private final Browser sessions;
    private final IdentityAssertions assertions;
    private final AtomicInteger number = new AtomicInteger();

    People(Installation installation) {
        this.registration = new Browser(installation.url(Part.REGISTRATION));
        this.sessions = new Browser(installation.url(Part.SESSION));
        byte[] key = Base64.getDecoder().decode(installation.secret(Secrets.IDENTITY_KEY));
        this.assertions = new IdentityAssertions(new SecretKeySpec(key, "HmacSHA256"), Clock.systemUTC());
    }

    String nextAddress() {
        return "person-" + number.incrementAndGet() + "@example.org";
    }

    Ask register(String email) {
        return new Ask(
                "register",
                202,
                () -> registration.send(
                        HttpMethod.POST, "/api/v1/users/register", """
                        {"email": "%s", "password": "%s", "first_name": "Ada", "last_name": "Lovelace"}\
                        """.formatted(email, PASSWORD), anonymous()));
    }

    Ask verify(String email, String code) {
        return verify(email, code, 201);
    }

    /** No code was requested for this address. Counts and compares in Redis, without a hash. */
    Ask verifyUnknown() {
        return verify("nobody-" + number.incrementAndGet() + "@example.org", "123456", 400);
    }

    private Ask verify(String email, String code, int status) {
        return new Ask(
                "verify",
                status,
                () -> registration.send(
                        HttpMethod.POST,
                        "/api/v1/users/verify-email",
                        "{\"email\": \"%s\", \"code\": \"%s\"}".formatted(email, code),
                        anonymous()));
    }

    /** An unknown account: searched in the cache, then in the database. */
    Ask showUnknown() {
        var unknown = new Caller.Account(TENANT, UUID.randomUUID(), UUID.randomUUID(), Set.of());
        return new Ask("show", 404, () -> registration.get("/api/v1/users/me", identity(unknown)));
    }

    Ask logIn(String email) {
        return new Ask(
                "log in",
                201,
                () -> sessions.send(
                        HttpMethod.POST,
                        "/api/v1/sessions",
                        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, PASSWORD),
                        anonymous()));
    }

    /** All people in turn. */
    Ask logInOneOf(List<String> emails) {
        return logIn(emails.get(Math.floorMod(number.incrementAndGet(), emails.size())));
    }

    private Map<String, String> anonymous() {
        return identity(new Caller.Anonymous(TENANT));
    }

    private Map<String, String> identity(Caller caller) {
        return Map.of(Headers.IDENTITY, assertions.sign(caller, THIS_MACHINE));
    }
}
