package dev.frontdesk.gateway.pipeline;

/**
 * The gateway's own filters, in the order in which they run. All come before Spring Cloud Gateway's, and before the
 * filters that a route names in application.yml.
 */
public enum Step {
    // For every request: WebFilters.
    ANSWER_HEADERS,
    UNCOUNTED,
    REFUSED_URLS,
    PLAIN_PATHS,
    HEADER_HYGIENE,

    // For a request that matches a route: GlobalFilters.
    UPGRADE,
    OUTAGE,
    IDENTITY,
    LIMIT,
    ASSERTION;

    private static final int FIRST = -1000;

    /** The order, as Spring's {@code Ordered} expects it. */
    public int order() {
        return FIRST + ordinal();
    }
}
