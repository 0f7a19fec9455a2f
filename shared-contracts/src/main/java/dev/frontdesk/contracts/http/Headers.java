package dev.frontdesk.contracts.http;

/** HTTP headers of Frontdesk's own. */
public final class Headers {

    /** The gateway's signed word on who calls (compact JWS); the only identity header that a service believes. */
    public static final String IDENTITY = "X-Frontdesk-Identity";

    /** Names the tenant of an anonymous or operator call; ignored where a session carries its own. */
    public static final String TENANT = "X-Tenant-Id";

    /** An API key, for callers that keep {@code Authorization} for something else. */
    public static final String API_KEY = "X-API-Key";

    /** What makes a POST that creates safe to send again: the same key and body have one effect and one answer. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /**
     * The session token itself, handed by the gateway to session-service on {@code POST /api/v1/sessions/refresh} alone. A
     * client's own is removed.
     */
    public static final String SESSION_TOKEN = "X-Frontdesk-Session-Token";

    /** A page of the own site shows here that it may use the session that its browser's cookie stands for. */
    public static final String CSRF_TOKEN = "X-CSRF-Token";

    /**
     * The gateway's word to session-service about cookies. {@link #COOKIES_ALLOWED}: the request comes from a page of the
     * own site, and may ask for cookies. {@link #COOKIES_HELD}: it came with the session's cookie, and has shown that it
     * may.
     * A client's own is removed.
     */
    public static final String COOKIES = "X-Frontdesk-Cookies";

    public static final String COOKIES_ALLOWED = "allowed";
    public static final String COOKIES_HELD = "held";

    private Headers() {}
}
