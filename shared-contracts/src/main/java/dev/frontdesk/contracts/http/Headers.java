package dev.frontdesk.contracts.http;

/** HTTP headers of Frontdesk's own. */
public final class Headers {

    /** The gateway's signed word on who calls (compact JWS); the only identity header that a service believes. */
    public static final String IDENTITY = "X-Frontdesk-Identity";

    /** Names the tenant of an anonymous or operator call; ignored where a session carries its own. */
    public static final String TENANT = "X-Tenant-Id";

    /** An API key, for callers that keep {@code Authorization} for something else. */
    public static final String API_KEY = "X-API-Key";

    private Headers() {}
}
