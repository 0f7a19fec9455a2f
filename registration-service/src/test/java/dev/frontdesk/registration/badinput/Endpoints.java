package dev.frontdesk.registration.badinput;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.badinput.Endpoint.delete;
import static dev.frontdesk.registration.badinput.Endpoint.patch;
import static dev.frontdesk.registration.badinput.Endpoint.post;
import static dev.frontdesk.registration.badinput.Endpoint.put;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Every endpoint that reads a body, one per line. {@link BadInputIT} fails if one is missing here. */
final class Endpoints {

    private static final String EMAIL = "bad-input@example.com";
    private static final String CODE = "123456";
    private static final Caller ANONYMOUS = new Caller.Anonymous(ACME);
    private static final String ME = "/api/v1/users/me";
    private static final Caller OWNER = new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of());
    private static final Caller OPERATOR = new Caller.Operator(TenantId.DEFAULT);
    private static final String KEYS = "/api/v1/api-keys";
    private static final Caller GATEWAY = new Caller.Service(ACME, "gateway");
    private static final Caller SESSIONS = new Caller.Service(ACME, "session-service");

    private Endpoints() {}

    private static Map<String, Object> verification() {
        return Map.of("email", EMAIL, "code", CODE, "password", PASSWORD);
    }

    static List<Endpoint> all() {
        return List.of(
                post("/api/v1/users/register", ANONYMOUS, ada(EMAIL), "phone", "locale"),
                post("/users/register", ANONYMOUS, ada(EMAIL), "phone", "locale"),
                post("/api/v1/users/verify-email", ANONYMOUS, verification(), "password"),
                post("/users/verify-email", ANONYMOUS, verification(), "password"),
                post("/api/v1/users/resend-verification", ANONYMOUS, Map.of("email", EMAIL)),
                post("/api/v1/users/forgot-password", ANONYMOUS, Map.of("email", EMAIL)),
                post(
                        "/api/v1/users/reset-password",
                        ANONYMOUS,
                        Map.of("email", EMAIL, "code", CODE, "new_password", PASSWORD)),
                patch(
                        ME,
                        OWNER,
                        Map.of("first_name", "Ada", "last_name", "Lovelace", "phone", "+905551234567", "locale", "tr"),
                        "first_name",
                        "last_name",
                        "phone",
                        "locale"),
                delete(ME, OWNER, Map.of("password", PASSWORD)),
                post(ME + "/password", OWNER, Map.of("current_password", PASSWORD, "new_password", PASSWORD + "!")),
                post(ME + "/email", OWNER, Map.of("email", EMAIL, "password", PASSWORD)),
                post(ME + "/email/verify", OWNER, Map.of("code", CODE)),
                post(
                        "/api/v1/admin/tenants",
                        OPERATOR,
                        Map.of("id", "umbrella", "name", "Umbrella", "plan", "gold"),
                        "plan"),
                patch(
                        "/api/v1/admin/tenants/" + UUID.randomUUID(),
                        OPERATOR,
                        Map.of("name", "Umbrella", "plan", "gold"),
                        "name",
                        "plan"),
                post(
                        KEYS,
                        OPERATOR,
                        Map.of("name", "Shop", "scopes", List.of("cache:write"), "expires_at", "9999-01-01T00:00:00Z"),
                        "expires_at"),
                patch(
                        KEYS + "/" + UUID.randomUUID(),
                        OPERATOR,
                        Map.of("name", "Shop", "expires_at", "9999-01-01T00:00:00Z"),
                        "name",
                        "expires_at"),
                post(KEYS + "/" + UUID.randomUUID() + "/rotate", OPERATOR, Map.of("overlap_ms", 60), "overlap_ms"),
                post(
                        "/internal/api-keys/resolve",
                        GATEWAY,
                        Map.of("id", UUID.randomUUID().toString())),
                post(
                        "/internal/api-keys/used",
                        GATEWAY,
                        Map.of(
                                "uses",
                                List.of(Map.of("id", UUID.randomUUID().toString(), "at", "2026-11-30T10:00:00Z")))),
                put(
                        "/internal/gateway-documents/" + UUID.randomUUID(),
                        GATEWAY,
                        Map.of("based_on", 7, "content", "{}"),
                        2_200_000),
                post("/internal/credentials/check", SESSIONS, Map.of("email", EMAIL, "password", PASSWORD)));
    }
}
