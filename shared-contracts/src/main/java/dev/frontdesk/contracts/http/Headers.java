package dev.frontdesk.contracts.http;

/** The HTTP headers that Frontdesk uses. */
public final class Headers {

    /** The gateway's signed assertion of the caller (compact JWS); the only identity header that services trust. */
    public static final String IDENTITY = "X-Frontdesk-Identity";

    /**
     * The gateway's signed assertion of the caller for an application behind it (compact JWS, ES256). The keys that check it
     * are published.
     */
    public static final String ASSERTION = "X-Frontdesk-Assertion";

    /**
     * Names the tenant of an anonymous or operator request. A request with a session may only name the session's own
     * tenant.
     */
    public static final String TENANT = "X-Tenant-Id";

    /** An API key, for callers that use {@code Authorization} for something else. */
    public static final String API_KEY = "X-API-Key";

    /**
     * Makes it safe to repeat a POST that creates something: the same key and body have one effect and one response.
     */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /**
     * The session token itself. The gateway sends it to session-service only with
     * {@code POST /api/v1/sessions/refresh}, and removes the header from client requests.
     */
    public static final String SESSION_TOKEN = "X-Frontdesk-Session-Token";

    /** Proves that a page of our own site sent the request, and may use the session of its browser's cookie. */
    public static final String CSRF_TOKEN = "X-CSRF-Token";

    /**
     * Reports to session-service what the gateway found about cookies. {@link #COOKIES_ALLOWED}: the request comes from
     * a page of our own site and may ask for cookies. {@link #COOKIES_HELD}: the request carried the session cookie and
     * proved that it may use it. The gateway removes the header from client requests.
     */
    public static final String COOKIES = "X-Frontdesk-Cookies";

    public static final String COOKIES_ALLOWED = "allowed";
    public static final String COOKIES_HELD = "held";

    private Headers() {}
}
