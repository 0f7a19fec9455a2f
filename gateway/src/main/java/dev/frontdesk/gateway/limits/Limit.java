package dev.frontdesk.gateway.limits;

/**
 * A token bucket.
 *
 * @param refill requests that are added each second
 * @param capacity the most requests that it holds: how many may come at once after a pause
 * @param failOpen whether a request passes while Redis is down; if not, it gets 503
 */
record Limit(int refill, int capacity, boolean failOpen) {

    Limit {
        if (refill < 1 || capacity < refill) {
            throw new IllegalArgumentException(
                    "A limit needs a refill of at least 1 a second and a capacity of at least" + " its refill, not "
                            + refill + " and " + capacity);
        }
    }
}
