package dev.frontdesk.registration.badinput;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.badinput.Endpoint.post;

import dev.frontdesk.kit.identity.Caller;
import java.util.List;
import java.util.Map;

/** Every endpoint that reads a body, a line each. {@link BadInputIT} fails when one is missing here. */
final class Endpoints {

    private static final String EMAIL = "bad-input@example.com";
    private static final String CODE = "123456";
    private static final Caller ANYBODY = new Caller.Anonymous(ACME);
    private static final Caller SESSIONS = new Caller.Service(ACME, "session-service");

    private Endpoints() {}

    static List<Endpoint> all() {
        return List.of(
                post("/api/v1/users/register", ANYBODY, ada(EMAIL), "phone", "locale"),
                post("/users/register", ANYBODY, ada(EMAIL), "phone", "locale"),
                post("/api/v1/users/verify-email", ANYBODY, Map.of("email", EMAIL, "code", CODE)),
                post("/users/verify-email", ANYBODY, Map.of("email", EMAIL, "code", CODE)),
                post("/api/v1/users/resend-verification", ANYBODY, Map.of("email", EMAIL)),
                post("/internal/credentials/check", SESSIONS, Map.of("email", EMAIL, "password", PASSWORD)));
    }
}
