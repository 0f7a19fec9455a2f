package dev.frontdesk.contracts.access;

import static dev.frontdesk.contracts.access.Audience.ACCOUNTS;
import static dev.frontdesk.contracts.access.Audience.ACCOUNTS_AND_OPERATORS;
import static dev.frontdesk.contracts.access.Audience.ADMINISTRATORS;
import static dev.frontdesk.contracts.access.Audience.EVERYONE;
import static dev.frontdesk.contracts.access.Audience.OPERATORS;
import static dev.frontdesk.contracts.access.Audience.OPERATOR_KEY;
import static dev.frontdesk.contracts.access.Audience.SERVICES;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.health.ServiceHealth;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.contracts.tenants.TenantPage;

/**
 * The table of permissions: a service does not start with an endpoint that is missing here, and no handler runs for a
 * caller that the endpoint's audience does not include (ASVS 8.2.1).
 */
public enum Endpoint {
    // The gateway's own.
    SHOW_HEALTH("GET", "/health", EVERYONE),
    SHOW_REDIS_HEALTH("GET", "/health/redis", EVERYONE),

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
    SHOW_ME("GET", "/api/v1/users/me", ACCOUNTS),
    CHANGE_ME("PATCH", "/api/v1/users/me", ACCOUNTS),
    DELETE_ME("DELETE", "/api/v1/users/me", ACCOUNTS),
    EXPORT_ME("GET", "/api/v1/users/me/export", ACCOUNTS),
    CHANGE_PASSWORD("POST", "/api/v1/users/me/password", ACCOUNTS),
    CHANGE_ADDRESS("POST", "/api/v1/users/me/email", ACCOUNTS),
    PROVE_ADDRESS("POST", "/api/v1/users/me/email/verify", ACCOUNTS),
    SHOW_ACCOUNT("GET", "/api/v1/users/{id}", ACCOUNTS_AND_OPERATORS),

    // registration-service: operators.
    LIST_ACCOUNTS("GET", "/api/v1/admin/accounts", OPERATORS),
    SHOW_ACCOUNT_TO_OPERATORS("GET", "/api/v1/admin/accounts/{id}", OPERATORS),
    DISABLE_ACCOUNT("POST", "/api/v1/admin/accounts/{id}/disable", OPERATORS),
    ENABLE_ACCOUNT("POST", "/api/v1/admin/accounts/{id}/enable", OPERATORS),
    GIVE_ROLE("PUT", "/api/v1/admin/accounts/{id}/roles/{role}", OPERATORS),
    TAKE_ROLE("DELETE", "/api/v1/admin/accounts/{id}/roles/{role}", OPERATORS),
    LIST_SECURITY_EVENTS("GET", "/api/v1/admin/security-events", OPERATORS),
    LIST_PENDING_REGISTRATIONS("GET", "/api/v1/admin/pending-registrations", OPERATORS),
    COUNT_PENDING_REGISTRATIONS("GET", "/api/v1/admin/pending-registrations/count", OPERATORS),
    DELETE_PENDING_REGISTRATION("DELETE", "/api/v1/admin/pending-registrations/{id}", OPERATORS),
    ADD_TENANT("POST", "/api/v1/admin/tenants", OPERATOR_KEY),
    LIST_TENANTS("GET", "/api/v1/admin/tenants", OPERATOR_KEY),
    SHOW_TENANT("GET", "/api/v1/admin/tenants/{id}", OPERATOR_KEY),
    CHANGE_TENANT("PATCH", "/api/v1/admin/tenants/{id}", OPERATOR_KEY),
    DELETE_TENANT("DELETE", "/api/v1/admin/tenants/{id}", OPERATOR_KEY),
    SUSPEND_TENANT("POST", "/api/v1/admin/tenants/{id}/suspend", OPERATOR_KEY),
    RESUME_TENANT("POST", "/api/v1/admin/tenants/{id}/resume", OPERATOR_KEY),
    CHECK_CREDENTIALS("POST", CredentialCheck.PATH, SERVICES),
    TELL_TENANTS("GET", TenantPage.PATH, SERVICES),

    // session-service.
    LOG_IN("POST", "/api/v1/sessions", EVERYONE),
    LIST_SESSIONS("GET", "/api/v1/sessions", ACCOUNTS),
    REVOKE_OTHER_SESSIONS("DELETE", "/api/v1/sessions", ACCOUNTS),
    SHOW_CURRENT_SESSION("GET", "/api/v1/sessions/current", ACCOUNTS),
    LOG_OUT("DELETE", "/api/v1/sessions/current", ACCOUNTS),
    REFRESH_SESSION("POST", "/api/v1/sessions/refresh", ACCOUNTS),
    REVOKE_SESSION("DELETE", "/api/v1/sessions/{id}", ACCOUNTS),
    LIST_SESSIONS_OF_ACCOUNT("GET", "/api/v1/admin/accounts/{id}/sessions", OPERATORS),
    INTROSPECT("POST", IntrospectionRequest.PATH, SERVICES),

    // notification-service. The ticket determines whose socket is opened.
    ISSUE_TICKET("POST", "/api/v1/realtime/tickets", ACCOUNTS),
    OPEN_SOCKET("GET", "/ws", EVERYONE),
    LIST_EMAIL_TEMPLATES("GET", "/api/v1/email-templates", ADMINISTRATORS),
    SHOW_EMAIL_TEMPLATE("GET", "/api/v1/email-templates/{kind}/{language}", ADMINISTRATORS),
    PUT_EMAIL_TEMPLATE("PUT", "/api/v1/email-templates/{kind}/{language}", ADMINISTRATORS),
    DELETE_EMAIL_TEMPLATE("DELETE", "/api/v1/email-templates/{kind}/{language}", ADMINISTRATORS),
    PREVIEW_EMAIL("POST", "/api/v1/email-templates/preview", ADMINISTRATORS),
    TELL_ACCOUNT("POST", "/api/v1/notifications", ADMINISTRATORS),
    SEND_EMAIL("POST", "/api/v1/emails", ADMINISTRATORS),
    COUNT_EVENT("POST", "/api/v1/analytics/events", ADMINISTRATORS),
    SHOW_COUNTS("GET", "/api/v1/analytics/counts", ADMINISTRATORS),
    ORDER_REPORT("POST", "/api/v1/reports", ADMINISTRATORS),
    LIST_REPORTS("GET", "/api/v1/reports", ADMINISTRATORS),
    DOWNLOAD_REPORT("GET", "/api/v1/reports/{id}/csv", ADMINISTRATORS),
    LIST_DEAD_LETTERS("GET", "/api/v1/dead-letters", OPERATORS),
    SHOW_DEAD_LETTER("GET", "/api/v1/dead-letters/{id}", OPERATORS),
    REPLAY_DEAD_LETTER("POST", "/api/v1/dead-letters/{id}/replay", OPERATORS),

    // notification-service: queues and the jobs in them.
    LIST_QUEUES("GET", "/api/v1/queues", ADMINISTRATORS),
    LIST_QUEUE_STATS("GET", "/api/v1/queues/stats", ADMINISTRATORS),
    SHOW_QUEUE("GET", "/api/v1/queues/{queue}", ADMINISTRATORS),
    SHOW_QUEUE_STATS("GET", "/api/v1/queues/{queue}/stats", ADMINISTRATORS),
    PUT_QUEUE("PUT", "/api/v1/queues/{queue}", ADMINISTRATORS),
    DELETE_QUEUE("DELETE", "/api/v1/queues/{queue}", ADMINISTRATORS),
    PAUSE_QUEUE("POST", "/api/v1/queues/{queue}/pause", ADMINISTRATORS),
    RESUME_QUEUE("POST", "/api/v1/queues/{queue}/resume", ADMINISTRATORS),
    ROTATE_PUSH_SECRET("POST", "/api/v1/queues/{queue}/push-secret", ADMINISTRATORS),
    LIMIT_QUEUE("PUT", "/api/v1/queues/{queue}/rate-limit", ADMINISTRATORS),
    UNLIMIT_QUEUE("DELETE", "/api/v1/queues/{queue}/rate-limit", ADMINISTRATORS),
    LEASE_JOBS("POST", "/api/v1/queues/{queue}/leases", ADMINISTRATORS),
    FIND_JOBS("GET", "/api/v1/jobs", ADMINISTRATORS),
    LIST_JOBS("GET", "/api/v1/queues/{queue}/jobs", ADMINISTRATORS),
    ADD_JOB("POST", "/api/v1/queues/{queue}/jobs", ADMINISTRATORS),
    ADD_JOBS("POST", "/api/v1/queues/{queue}/jobs/bulk", ADMINISTRATORS),
    RETRY_JOBS("POST", "/api/v1/queues/{queue}/jobs/retry", ADMINISTRATORS),
    SHOW_JOB("GET", "/api/v1/queues/{queue}/jobs/{id}", ADMINISTRATORS),
    CANCEL_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/cancel", ADMINISTRATORS),
    PROMOTE_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/promote", ADMINISTRATORS),
    RETRY_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/retry", ADMINISTRATORS),
    RENEW_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/renew", ADMINISTRATORS),
    REPORT_PROGRESS("POST", "/api/v1/queues/{queue}/jobs/{id}/progress", ADMINISTRATORS),
    COMPLETE_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/complete", ADMINISTRATORS),
    FAIL_JOB("POST", "/api/v1/queues/{queue}/jobs/{id}/fail", ADMINISTRATORS),

    // notification-service: webhooks.
    ADD_WEBHOOK_ENDPOINT("POST", "/api/v1/webhooks/endpoints", ADMINISTRATORS),
    LIST_WEBHOOK_ENDPOINTS("GET", "/api/v1/webhooks/endpoints", ADMINISTRATORS),
    SHOW_WEBHOOK_ENDPOINT("GET", "/api/v1/webhooks/endpoints/{id}", ADMINISTRATORS),
    CHANGE_WEBHOOK_ENDPOINT("PATCH", "/api/v1/webhooks/endpoints/{id}", ADMINISTRATORS),
    DELETE_WEBHOOK_ENDPOINT("DELETE", "/api/v1/webhooks/endpoints/{id}", ADMINISTRATORS),
    ROTATE_WEBHOOK_SECRET("POST", "/api/v1/webhooks/endpoints/{id}/rotate-secret", ADMINISTRATORS),
    TEST_WEBHOOK_ENDPOINT("POST", "/api/v1/webhooks/endpoints/{id}/test", ADMINISTRATORS),
    REPLAY_WEBHOOKS("POST", "/api/v1/webhooks/endpoints/{id}/replay", ADMINISTRATORS),
    LIST_WEBHOOK_ATTEMPTS("GET", "/api/v1/webhooks/endpoints/{id}/attempts", ADMINISTRATORS),
    SHOW_WEBHOOK_ATTEMPT("GET", "/api/v1/webhooks/endpoints/{id}/attempts/{attempt}", ADMINISTRATORS),
    SEND_WEBHOOK_EVENT("POST", "/api/v1/webhooks/events", ADMINISTRATORS),
    LIST_WEBHOOK_EVENTS("GET", "/api/v1/webhooks/events", ADMINISTRATORS),

    // cache-service.
    PUT_ENTRY("PUT", "/api/v1/cache/{namespace}/{*key}", ACCOUNTS_AND_OPERATORS),
    SHOW_ENTRY("GET", "/api/v1/cache/{namespace}/{*key}", ACCOUNTS_AND_OPERATORS),
    DELETE_ENTRY("DELETE", "/api/v1/cache/{namespace}/{*key}", ACCOUNTS_AND_OPERATORS);

    private final String method;
    private final String path;
    private final Audience audience;

    Endpoint(String method, String path, Audience audience) {
        this.method = method;
        this.path = path;
        this.audience = audience;
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
}
