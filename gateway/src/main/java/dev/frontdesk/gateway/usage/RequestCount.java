package dev.frontdesk.gateway.usage;

/**
 * A number of requests.
 *
 * @param refused those of them that a limit refused
 */
record RequestCount(long requests, long refused) {

    static final RequestCount NONE = new RequestCount(0, 0);
    static final RequestCount ONE_ALLOWED = new RequestCount(1, 0);
    static final RequestCount ONE_REFUSED = new RequestCount(1, 1);

    RequestCount plus(RequestCount other) {
        return new RequestCount(requests + other.requests, refused + other.refused);
    }
}
