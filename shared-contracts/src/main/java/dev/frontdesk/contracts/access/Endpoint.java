package dev.frontdesk.contracts.access;

import static dev.frontdesk.contracts.access.Audience.ACCOUNTS;
import static dev.frontdesk.contracts.access.Audience.ACCOUNTS_AND_OPERATORS;
import static dev.frontdesk.contracts.access.Audience.ADMINISTRATORS;
import static dev.frontdesk.contracts.access.Audience.EVERYONE;
import static dev.frontdesk.contracts.access.Audience.OPERATORS;
import static dev.frontdesk.contracts.access.Audience.OPERATOR_KEY;
import static dev.frontdesk.contracts.access.Audience.SERVICES;
import static dev.frontdesk.contracts.apikeys.Scope.Action.ADMINISTER;
import static dev.frontdesk.contracts.apikeys.Scope.Action.READ;
import static dev.frontdesk.contracts.apikeys.Scope.Action.WRITE;

import dev.frontdesk.contracts.apikeys.ApiKeyLookup;
import dev.frontdesk.contracts.apikeys.ApiKeyUses;
import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scope.Action;
import dev.frontdesk.contracts.apikeys.Scope.Area;
import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.health.ServiceHealth;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.contracts.tenants.TenantPage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of permissions: a service does not start with an endpoint that is missing here, and no handler runs for a
 * caller that the endpoint's audience does not include (ASVS 8.2.1). An API key may call what {@link Audience#EVERYONE}
 * may; otherwise it needs the scope of the endpoint. Without a session it acts as the application, for its tenant; an
 * endpoint for {@link Audience#ACCOUNTS} alone then refuses it. Together with a session, both must be allowed to call.
 */
public enum Endpoint {
    // The gateway's own.
    SHOW_HEALTH("GET", "/health", EVERYONE),
    SHOW_REDIS_HEALTH("GET", "/health/redis", EVERYONE),
    SHOW_DOCUMENTATION("GET", "/docs", EVERYONE),
    DOWNLOAD_OPENAPI("GET", "/docs/openapi.yaml", EVERYONE),
    DOWNLOAD_OPENAPI_AS_JSON("GET", "/docs/openapi.json", EVERYONE),
    DOWNLOAD_ASYNCAPI("GET", "/docs/asyncapi.yaml", EVERYONE),
    DOWNLOAD_DOCUMENTATION_ASSET("GET", "/docs/assets/{version}/{name}", EVERYONE),
    SHOW_LIMITS("GET", "/api/v1/admin/limits/{kind}/{id}", OPERATOR_KEY),
    RESET_LIMITS("DELETE", "/api/v1/admin/limits/{kind}/{id}", OPERATOR_KEY),
    REFUND_REQUESTS("PUT", "/api/v1/admin/limits/{kind}/{id}/refunds/{refund_id}", OPERATOR_KEY),
    LIST_ROUTES("GET", "/api/v1/admin/routes", OPERATOR_KEY),
    REPLACE_ROUTES("PUT", "/api/v1/admin/routes", OPERATOR_KEY),
    SHOW_ROUTE("GET", "/api/v1/admin/routes/{id}", OPERATOR_KEY),
    PUT_ROUTE("PUT", "/api/v1/admin/routes/{id}", OPERATOR_KEY),
    DELETE_ROUTE("DELETE", "/api/v1/admin/routes/{id}", OPERATOR_KEY),
    LIST_VERSIONS_OF_ROUTES("GET", "/api/v1/admin/routes/versions", OPERATOR_KEY),
    SHOW_VERSION_OF_ROUTES("GET", "/api/v1/admin/routes/versions/{version}", OPERATOR_KEY),
    RESTORE_VERSION_OF_ROUTES("POST", "/api/v1/admin/routes/versions/{version}/restore", OPERATOR_KEY),
    TRY_ROUTES("POST", "/api/v1/admin/routes/dry-run", OPERATOR_KEY),
    LIST_SIGNING_KEYS("GET", "/api/v1/admin/signing-keys", OPERATOR_KEY),
    ROTATE_SIGNING_KEYS("POST", "/api/v1/admin/signing-keys/rotate", OPERATOR_KEY),
    PUBLISH_SIGNING_KEYS("GET", "/.well-known/jwks.json", EVERYONE),
    DISCOVER_ISSUER("GET", "/.well-known/openid-configuration", EVERYONE),
    CHECK_LIMIT("POST", "/api/v1/limits/check", ADMINISTRATORS, Area.LIMITS, WRITE),
    INTROSPECT_TOKEN("POST", "/api/v1/introspect", ADMINISTRATORS, Area.INTROSPECTION, READ),
    /** Routes decide about the requests that a proxy asks about, of any method; only trusted proxies get an answer. */
    FORWARD_AUTH("GET", "/api/v1/forward-auth", EVERYONE),
    SHOW_USAGE("GET", "/api/v1/usage", ADMINISTRATORS, Area.USAGE, READ),
    SHOW_USAGE_OF_API_KEY("GET", "/api/v1/usage/api-keys/{id}", ADMINISTRATORS, Area.USAGE, READ),
    SHOW_USAGE_OF_ACCOUNT("GET", "/api/v1/usage/accounts/{id}", ADMINISTRATORS, Area.USAGE, READ),

    // Every service's.
    TELL_HEALTH("GET", ServiceHealth.PATH, SERVICES),

    // registration-service: sign-up and password recovery.
    REGISTER("POST", "/api/v1/users/register", EVERYONE),
    REGISTER_SHORT("POST", "/users/register", EVERYONE),
    VERIFY_EMAIL("POST", "/api/v1/users/verify-email", EVERYONE),
    VERIFY_EMAIL_SHORT("POST", "/users/verify-email", EVERYONE),
    RESEND_VERIFICATION("POST", "/api/v1/users/resend-verification", EVERYONE),
    RESEND_VERIFICATION_SHORT("POST", "/resend-verification", EVERYONE),
    FORGOT_PASSWORD("POST", "/api/v1/users/forgot-password", EVERYONE),
    RESET_PASSWORD("POST", "/api/v1/users/reset-password", EVERYONE),

    // registration-service: the owner of an account.
    SHOW_ME("GET", "/api/v1/users/me", ACCOUNTS, Area.PROFILE, READ),
    CHANGE_ME("PATCH", "/api/v1/users/me", ACCOUNTS, Area.PROFILE, WRITE),
    DELETE_ME("DELETE", "/api/v1/users/me", ACCOUNTS, Area.PROFILE, ADMINISTER),
    EXPORT_ME("GET", "/api/v1/users/me/export", ACCOUNTS, Area.PROFILE, READ),
    CHANGE_PASSWORD("POST", "/api/v1/users/me/password", ACCOUNTS, Area.PROFILE, ADMINISTER),
    CHANGE_ADDRESS("POST", "/api/v1/users/me/email", ACCOUNTS, Area.PROFILE, ADMINISTER),
    PROVE_ADDRESS("POST", "/api/v1/users/me/email/verify", ACCOUNTS, Area.PROFILE, ADMINISTER),
    SHOW_ACCOUNT("GET", "/api/v1/users/{id}", ACCOUNTS_AND_OPERATORS, Area.ACCOUNTS, READ),

    // registration-service: operators. Roles are for people alone: an account with a role may do more than any key.
    LIST_ACCOUNTS("GET", "/api/v1/admin/accounts", OPERATORS, Area.ACCOUNTS, READ),
    SHOW_ACCOUNT_TO_OPERATORS("GET", "/api/v1/admin/accounts/{id}", OPERATORS, Area.ACCOUNTS, READ),
    DISABLE_ACCOUNT("POST", "/api/v1/admin/accounts/{id}/disable", OPERATORS, Area.ACCOUNTS, ADMINISTER),
    ENABLE_ACCOUNT("POST", "/api/v1/admin/accounts/{id}/enable", OPERATORS, Area.ACCOUNTS, ADMINISTER),
    GIVE_ROLE("PUT", "/api/v1/admin/accounts/{id}/roles/{role}", OPERATORS),
    TAKE_ROLE("DELETE", "/api/v1/admin/accounts/{id}/roles/{role}", OPERATORS),
    LIST_SECURITY_EVENTS("GET", "/api/v1/admin/security-events", OPERATORS, Area.AUDIT, READ),
    LIST_PENDING_REGISTRATIONS("GET", "/api/v1/admin/pending-registrations", OPERATORS, Area.ACCOUNTS, READ),
    COUNT_PENDING_REGISTRATIONS("GET", "/api/v1/admin/pending-registrations/count", OPERATORS, Area.ACCOUNTS, READ),
    DELETE_PENDING_REGISTRATION(
            "DELETE", "/api/v1/admin/pending-registrations/{id}", OPERATORS, Area.ACCOUNTS, ADMINISTER),
    ADD_TENANT("POST", "/api/v1/admin/tenants", OPERATOR_KEY),
    LIST_TENANTS("GET", "/api/v1/admin/tenants", OPERATOR_KEY),
    SHOW_TENANT("GET", "/api/v1/admin/tenants/{id}", OPERATOR_KEY),
    CHANGE_TENANT("PATCH", "/api/v1/admin/tenants/{id}", OPERATOR_KEY),
    DELETE_TENANT("DELETE", "/api/v1/admin/tenants/{id}", OPERATOR_KEY),
    SUSPEND_TENANT("POST", "/api/v1/admin/tenants/{id}/suspend", OPERATOR_KEY),
    RESUME_TENANT("POST", "/api/v1/admin/tenants/{id}/resume", OPERATOR_KEY),
    ADD_API_KEY("POST", "/api/v1/api-keys", ADMINISTRATORS, Area.API_KEYS, ADMINISTER),
    LIST_API_KEYS("GET", "/api/v1/api-keys", ADMINISTRATORS, Area.API_KEYS, READ),
    SHOW_API_KEY("GET", "/api/v1/api-keys/{id}", ADMINISTRATORS, Area.API_KEYS, READ),
    CHANGE_API_KEY("PATCH", "/api/v1/api-keys/{id}", ADMINISTRATORS, Area.API_KEYS, ADMINISTER),
    ROTATE_API_KEY("POST", "/api/v1/api-keys/{id}/rotate", ADMINISTRATORS, Area.API_KEYS, ADMINISTER),
    REVOKE_API_KEY("DELETE", "/api/v1/api-keys/{id}", ADMINISTRATORS, Area.API_KEYS, ADMINISTER),
    RESOLVE_API_KEY("POST", ApiKeyLookup.PATH, SERVICES),
    REPORT_USED_API_KEYS("POST", ApiKeyUses.PATH, SERVICES),
    CHECK_CREDENTIALS("POST", CredentialCheck.PATH, SERVICES),
    TELL_TENANTS("GET", TenantPage.PATH, SERVICES),
    TELL_GATEWAY_DOCUMENT("GET", GatewayDocument.PATH + "/{name}", SERVICES),
    PUT_GATEWAY_DOCUMENT("PUT", GatewayDocument.PATH + "/{name}", SERVICES),
    TELL_GATEWAY_DOCUMENT_VERSIONS("GET", GatewayDocument.PATH + "/{name}/versions", SERVICES),
    TELL_GATEWAY_DOCUMENT_VERSION("GET", GatewayDocument.PATH + "/{name}/versions/{version}", SERVICES),

    // session-service.
    LOG_IN("POST", "/api/v1/sessions", EVERYONE),
    LIST_SESSIONS("GET", "/api/v1/sessions", ACCOUNTS, Area.SESSIONS, READ),
    REVOKE_OTHER_SESSIONS("DELETE", "/api/v1/sessions", ACCOUNTS, Area.SESSIONS, WRITE),
    SHOW_CURRENT_SESSION("GET", "/api/v1/sessions/current", ACCOUNTS, Area.SESSIONS, READ),
    LOG_OUT("DELETE", "/api/v1/sessions/current", ACCOUNTS, Area.SESSIONS, WRITE),
    REFRESH_SESSION("POST", "/api/v1/sessions/refresh", ACCOUNTS, Area.SESSIONS, WRITE),
    REVOKE_SESSION("DELETE", "/api/v1/sessions/{id}", ACCOUNTS, Area.SESSIONS, WRITE),
    LIST_SESSIONS_OF_ACCOUNT("GET", "/api/v1/admin/accounts/{id}/sessions", OPERATORS, Area.ACCOUNTS, READ),
    INTROSPECT("POST", IntrospectionRequest.PATH, SERVICES),

    // notification-service. The ticket determines whose socket is opened.
    // Without a scope: a socket knows no key, and would outlive its revocation.
    ISSUE_TICKET("POST", "/api/v1/realtime/tickets", ACCOUNTS),
    OPEN_SOCKET("GET", "/ws", EVERYONE),
    LIST_EMAIL_TEMPLATES("GET", "/api/v1/email-templates", ADMINISTRATORS, Area.EMAILS, READ),
    SHOW_EMAIL_TEMPLATE("GET", "/api/v1/email-templates/{kind}/{language}", ADMINISTRATORS, Area.EMAILS, READ),
    PUT_EMAIL_TEMPLATE("PUT", "/api/v1/email-templates/{kind}/{language}", ADMINISTRATORS, Area.EMAILS, ADMINISTER),
    DELETE_EMAIL_TEMPLATE(
            "DELETE", "/api/v1/email-templates/{kind}/{language}", ADMINISTRATORS, Area.EMAILS, ADMINISTER),
    PREVIEW_EMAIL("POST", "/api/v1/email-templates/preview", ADMINISTRATORS, Area.EMAILS, READ),
    TELL_ACCOUNT("POST", "/api/v1/notifications", ADMINISTRATORS, Area.NOTIFICATIONS, WRITE),
    SEND_EMAIL("POST", "/api/v1/emails", ADMINISTRATORS, Area.EMAILS, WRITE),
    COUNT_EVENT("POST", "/api/v1/analytics/events", ADMINISTRATORS, Area.ANALYTICS, WRITE),
    SHOW_COUNTS("GET", "/api/v1/analytics/counts", ADMINISTRATORS, Area.ANALYTICS, READ),
    ORDER_REPORT("POST", "/api/v1/reports", ADMINISTRATORS, Area.REPORTS, WRITE),
    LIST_REPORTS("GET", "/api/v1/reports", ADMINISTRATORS, Area.REPORTS, READ),
    DOWNLOAD_REPORT("GET", "/api/v1/reports/{id}/csv", ADMINISTRATORS, Area.REPORTS, READ),
    LIST_DEAD_LETTERS("GET", "/api/v1/dead-letters", OPERATORS, Area.DEAD_LETTERS, READ),
    SHOW_DEAD_LETTER("GET", "/api/v1/dead-letters/{id}", OPERATORS, Area.DEAD_LETTERS, READ),
    REPLAY_DEAD_LETTER("POST", "/api/v1/dead-letters/{id}/replay", OPERATORS, Area.DEAD_LETTERS, WRITE),

    // notification-service: queues and the jobs in them.
    LIST_QUEUES("GET", "/api/v1/queues", ADMINISTRATORS, Area.JOBS, READ),
    LIST_QUEUE_STATS("GET", "/api/v1/queues/stats", ADMINISTRATORS, Area.JOBS, READ),
    SHOW_QUEUE("GET", "/api/v1/queues/{queue}", ADMINISTRATORS, Area.JOBS, READ),
    SHOW_QUEUE_STATS("GET", "/api/v1/queues/{queue}/stats", ADMINISTRATORS, Area.JOBS, READ),
    PUT_QUEUE("PUT", "/api/v1/queues/{queue}", ADMINISTRATORS, Area.JOBS, ADMINISTER),
    DELETE_QUEUE("DELETE", "/api/v1/queues/{queue}", ADMINISTRATORS, Area.JOBS, ADMINISTER),
    PAUSE_QUEUE("POST", "/api/v1/queues/{queue}/pause", ADMINISTRATORS, Area.JOBS, ADMINISTER),
    RESUME_QUEUE("POST", "/api/v1/queues/{queue}/resume", ADMINISTRATORS, Area.JOBS, ADMINISTER),
    ROTATE_PUSH_SECRET("POST", "/api/v1/queues/{queue}/push-secret", ADMINISTRATORS, Area.JOBS, ADMINISTER),
    LIMIT_QUEUE("PUT", "/api/v1/queues/{queue}/rate-limit", ADMINISTRATORS, Area.JOBS, ADMINISTER),
    UNLIMIT_QUEUE("DELETE", "/api/v1/queues/{queue}/rate-limit", ADMINISTRATORS, Area.JOBS, ADMINISTER),
    LEASE_JOBS("POST", "/api/v1/queues/{queue}/leases", ADMINISTRATORS, Area.JOBS, WRITE),
    FIND_JOBS("GET", "/api/v1/jobs", ADMINISTRATORS, Area.JOBS, READ),
    LIST_JOBS("GET", "/api/v1/queues/{queue}/jobs", ADMINISTRATORS, Area.JOBS, READ),
    ADD_JOB("POST", "/api/v1/queues/{queue}/jobs", ADMINISTRATORS, Area.JOBS, WRITE),
    ADD_JOBS("POST", "/api/v1/queues/{queue}/jobs/bulk", ADMINISTRATORS, Area.JOBS, WRITE),
    RETRY_JOBS("POST", "/api/v1/queues/{queue}/jobs/retry", ADMINISTRATORS, Area.JOBS, WRITE),
    SHOW_JOB("GET", "/api/v1/queues/{queue}/jobs/{id}", ADMINISTRATORS, Area.JOBS, READ),
    CANCEL_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/cancel", ADMINISTRATORS, Area.JOBS, WRITE),
    PROMOTE_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/promote", ADMINISTRATORS, Area.JOBS, WRITE),
    RETRY_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/retry", ADMINISTRATORS, Area.JOBS, WRITE),
    RENEW_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/renew", ADMINISTRATORS, Area.JOBS, WRITE),
    REPORT_PROGRESS("POST", "/api/v1/queues/{queue}/jobs/{id}/progress", ADMINISTRATORS, Area.JOBS, WRITE),
    COMPLETE_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/complete", ADMINISTRATORS, Area.JOBS, WRITE),
    FAIL_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/fail", ADMINISTRATORS, Area.JOBS, WRITE),

    // notification-service: webhooks.
    ADD_WEBHOOK_ENDPOINT("POST", "/api/v1/webhooks/endpoints", ADMINISTRATORS, Area.WEBHOOKS, ADMINISTER),
    LIST_WEBHOOK_ENDPOINTS("GET", "/api/v1/webhooks/endpoints", ADMINISTRATORS, Area.WEBHOOKS, READ),
    SHOW_WEBHOOK_ENDPOINT("GET", "/api/v1/webhooks/endpoints/{id}", ADMINISTRATORS, Area.WEBHOOKS, READ),
    CHANGE_WEBHOOK_ENDPOINT("PATCH", "/api/v1/webhooks/endpoints/{id}", ADMINISTRATORS, Area.WEBHOOKS, ADMINISTER),
    DELETE_WEBHOOK_ENDPOINT("DELETE", "/api/v1/webhooks/endpoints/{id}", ADMINISTRATORS, Area.WEBHOOKS, ADMINISTER),
    ROTATE_WEBHOOK_SECRET(
            "POST", "/api/v1/webhooks/endpoints/{id}/rotate-secret", ADMINISTRATORS, Area.WEBHOOKS, ADMINISTER),
    TEST_WEBHOOK_ENDPOINT("POST", "/api/v1/webhooks/endpoints/{id}/test", ADMINISTRATORS, Area.WEBHOOKS, ADMINISTER),
    REPLAY_WEBHOOKS("POST", "/api/v1/webhooks/endpoints/{id}/replay", ADMINISTRATORS, Area.WEBHOOKS, WRITE),
    LIST_WEBHOOK_ATTEMPTS("GET", "/api/v1/webhooks/endpoints/{id}/attempts", ADMINISTRATORS, Area.WEBHOOKS, READ),
    SHOW_WEBHOOK_ATTEMPT(
            "GET", "/api/v1/webhooks/endpoints/{id}/attempts/{attempt}", ADMINISTRATORS, Area.WEBHOOKS, READ),
    SEND_WEBHOOK_EVENT("POST", "/api/v1/webhooks/events", ADMINISTRATORS, Area.WEBHOOKS, WRITE),
    LIST_WEBHOOK_EVENTS("GET", "/api/v1/webhooks/events", ADMINISTRATORS, Area.WEBHOOKS, READ),

    // cache-service.
    LIST_CACHE_NAMESPACES("GET", "/api/v1/cache-namespaces", ADMINISTRATORS, Area.CACHE, READ),
    SHOW_CACHE_NAMESPACE("GET", "/api/v1/cache-namespaces/{namespace}", ADMINISTRATORS, Area.CACHE, READ),
    PUT_CACHE_NAMESPACE("PUT", "/api/v1/cache-namespaces/{namespace}", ADMINISTRATORS, Area.CACHE, ADMINISTER),
    DELETE_CACHE_NAMESPACE("DELETE", "/api/v1/cache-namespaces/{namespace}", ADMINISTRATORS, Area.CACHE, ADMINISTER),
    SHOW_CACHE_STATISTICS("GET", "/api/v1/cache/stats", ADMINISTRATORS, Area.CACHE, READ),
    PUT_ENTRY("PUT", "/api/v1/cache/{namespace}/{*key}", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    SHOW_ENTRY("GET", "/api/v1/cache/{namespace}/{*key}", ACCOUNTS_AND_OPERATORS, Area.CACHE, READ),
    DELETE_ENTRY("DELETE", "/api/v1/cache/{namespace}/{*key}", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    SHOW_TTL("GET", "/api/v1/cache/{namespace}/{key}/ttl", ACCOUNTS_AND_OPERATORS, Area.CACHE, READ),
    CHANGE_TTL("PATCH", "/api/v1/cache/{namespace}/{key}/ttl", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    INCREMENT_ENTRY("POST", "/api/v1/cache/{namespace}/{key}/increment", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    GET_ENTRIES("POST", "/api/v1/cache/{namespace}/mget", ACCOUNTS_AND_OPERATORS, Area.CACHE, READ),
    PUT_ENTRIES("POST", "/api/v1/cache/{namespace}/mset", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    DELETE_ENTRIES("DELETE", "/api/v1/cache/{namespace}", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    INVALIDATE_ENTRIES("POST", "/api/v1/cache/{namespace}/invalidate", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    PUT_WIDGET_STATE("PUT", "/api/v1/widgets/{id}/state", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    SHOW_WIDGET_STATE("GET", "/api/v1/widgets/{id}/state", ACCOUNTS_AND_OPERATORS, Area.CACHE, READ),
    CHANGE_WIDGET_STATE("PATCH", "/api/v1/widgets/{id}/state", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    DELETE_WIDGET_STATE("DELETE", "/api/v1/widgets/{id}/state", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    PUT_WIDGET_DATA("PUT", "/api/v1/widgets/{id}/data", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    SHOW_WIDGET_DATA("GET", "/api/v1/widgets/{id}/data", ACCOUNTS_AND_OPERATORS, Area.CACHE, READ),
    DELETE_WIDGET_DATA("DELETE", "/api/v1/widgets/{id}/data", ACCOUNTS_AND_OPERATORS, Area.CACHE, WRITE),
    WARM_UP_ENTRIES("POST", "/api/v1/cache/{namespace}/warm-up", ADMINISTRATORS, Area.CACHE, WRITE),
    LIST_CACHE_OPERATIONS("GET", "/api/v1/cache-operations", ADMINISTRATORS, Area.CACHE, READ),
    SHOW_CACHE_OPERATION("GET", "/api/v1/cache-operations/{id}", ADMINISTRATORS, Area.CACHE, READ),
    CANCEL_CACHE_OPERATION("DELETE", "/api/v1/cache-operations/{id}", ADMINISTRATORS, Area.CACHE, WRITE),
    LIST_LOCKS("GET", "/api/v1/locks", ADMINISTRATORS, Area.LOCKS, READ),
    SHOW_LOCK("GET", "/api/v1/locks/{name}", ADMINISTRATORS, Area.LOCKS, READ),
    ACQUIRE_LOCK("POST", "/api/v1/locks/{name}/acquire", ADMINISTRATORS, Area.LOCKS, WRITE),
    RENEW_LOCK("POST", "/api/v1/locks/{name}/renew", ADMINISTRATORS, Area.LOCKS, WRITE),
    RELEASE_LOCK("POST", "/api/v1/locks/{name}/release", ADMINISTRATORS, Area.LOCKS, WRITE);

    private final String method;
    private final String path;
    private final Audience audience;
    private final @Nullable Scope scope;

    Endpoint(String method, String path, Audience audience) {
        this(method, path, audience, null);
    }

    Endpoint(String method, String path, Audience audience, Area area, Action action) {
        this(method, path, audience, new Scope(area, action));
    }

    Endpoint(String method, String path, Audience audience, @Nullable Scope scope) {
        this.method = method;
        this.path = path;
        this.audience = audience;
        this.scope = scope;
    }

    /** Whether the scope allows what only operators may do, so that only they may give it. */
    public static boolean isForOperators(Scope scope) {
        return Stream.of(values())
                .anyMatch(it -> it.audience == OPERATORS && it.scope != null && scope.includes(it.scope));
    }

    public String method() {
        return method;
    }

    /** Contains names in braces for the variable parts; a handler may accept fewer values for them. */
    public String path() {
        return path;
    }

    public Audience audience() {
        return audience;
    }

    /** What an API key needs to call it; null if it is not for keys, or for everyone. */
    public @Nullable Scope scope() {
        return scope;
    }
}
