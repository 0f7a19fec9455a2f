package dev.frontdesk.contracts.http;

/** HTTP headers of Frontdesk's own. */
public final class Headers {

    /** The gateway's signed word on who calls (compact JWS); the only identity header that a service believes. */
    public static final String IDENTITY = "X-Frontdesk-Identity";

    /** Names the tenant of an anonymous or operator call; ignored where a session carries its own. */
    public static final String TENANT = "X-Tenant-Id";

    /** An API key, for callers that keep {@code Authorization} for something else. */
    public static final String API_KEY = "X-API-Key";

    /**
     * The session token itself, handed by the gateway to session-service on {@code POST /api/v1/sessions/refresh} alone. A
     * client's own is removed.
     */
    public static final String SESSION_TOKEN = "X-Frontdesk-Session-Token";

    private Headers() {}
}
