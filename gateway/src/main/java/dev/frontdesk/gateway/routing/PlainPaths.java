package dev.frontdesk.gateway.routing;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;

/** Refuses paths that two readers could read differently. */
public final class PlainPaths {

    private PlainPaths() {}

    /** @throws ProblemException 404 */
    public static void check(String rawPath) {
        if (!PlainPath.isPlain(rawPath)) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "The path must not have encoded slashes, dot segments, empty segments or path parameters.");
        }
    }
}
