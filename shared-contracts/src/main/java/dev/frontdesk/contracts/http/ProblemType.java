package dev.frontdesk.contracts.http;

import java.net.URI;

/**
 * The {@code type} of every problem (RFC 9457) that Frontdesk returns. The URI is stable; clients may branch on it. The
 * title is for people and may be reworded.
 */
public enum ProblemType {
    MALFORMED_REQUEST("malformed-request", 400, "The request is malformed"),
    INVALID_REQUEST("invalid-request", 400, "The request has invalid fields"),
    WRONG_VERIFICATION_CODE("wrong-verification-code", 400, "The code is wrong or no longer valid"),
    UNAUTHENTICATED("unauthenticated", 401, "Authentication is required"),
    WRONG_CREDENTIALS("wrong-credentials", 401, "The address or the password is wrong"),
    FORBIDDEN("forbidden", 403, "Permission denied"),
    TENANT_SUSPENDED("tenant-suspended", 403, "The tenant is suspended"),
    NOT_FOUND("not-found", 404, "Not found"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method not allowed"),
    NOT_ACCEPTABLE("not-acceptable", 406, "The requested representation is not available"),
    REQUEST_TIMEOUT("request-timeout", 408, "The request did not arrive in time"),
    CONFLICT("conflict", 409, "The request conflicts with the current state"),
    LEASE_LOST("lease-lost", 409, "The lease of the job was lost"),
    LOCK_HELD("lock-held", 409, "Another client holds the lock"),
    LOCK_LOST("lock-lost", 409, "The lock was lost"),
    REQUEST_IN_PROGRESS("request-in-progress", 409, "A request with this idempotency key is in progress"),
    PRECONDITION_FAILED("precondition-failed", 412, "A precondition of the request failed"),
    PAYLOAD_TOO_LARGE("payload-too-large", 413, "The request is too large"),
    URI_TOO_LONG("uri-too-long", 414, "The URL is too long"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The content type is not supported"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "The idempotency key was used for another request"),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are too large"),
    RATE_LIMITED("rate-limited", 429, "Too many requests"),
    TOO_MANY_CODES("too-many-codes", 429, "Too many codes were requested"),
    TOO_MANY_FAILED_LOGINS("too-many-failed-logins", 429, "Too many logins have failed"),
    INTERNAL_ERROR("internal-error", 500, "Internal server error"),
    BAD_GATEWAY("bad-gateway", 502, "The application answered wrongly"),
    UNAVAILABLE("unavailable", 503, "A required dependency is unavailable"),
    OVERLOADED("overloaded", 503, "The service is overloaded"),
    GATEWAY_TIMEOUT("gateway-timeout", 504, "The application did not answer in time"),
    QUOTA_EXCEEDED("quota-exceeded", 507, "The quota of the tenant is used up"),
    LOOP_DETECTED("loop-detected", 508, "The request came back to the gateway");

    private final URI uri;
    private final int status;
    private final String title;

    ProblemType(String name, int status, String title) {
        this.uri = URI.create("https://frontdesk.dev/problems/" + name);
        this.status = status;
        this.title = title;
    }

    public URI uri() {
        return uri;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
