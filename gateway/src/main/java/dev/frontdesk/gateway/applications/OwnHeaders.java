package dev.frontdesk.gateway.applications;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Headers of responses that the gateway alone sets: which other sites may read a response, how much of a limit is left, and what
 * would reach beyond the paths of the application to Frontdesk's, which have the same origin.
 */
final class OwnHeaders {

    private static final List<String> PREFIXES = List.of("access-control-", "x-frontdesk-", "x-ratelimit-");

    private static final Set<String> NAMES = Set.of(
            "ratelimit",
            "ratelimit-policy",
            "clear-site-data",
            "service-worker-allowed",
            "alt-svc",
            "strict-transport-security",
            "nel",
            "report-to",
            "x-trace-id");

    private OwnHeaders() {}

    static void removeFrom(HttpHeaders received) {
        for (String name : received.names()) {
            if (include(name.toLowerCase(Locale.ROOT))) {
                received.remove(name);
            }
        }
    }

    static boolean include(String lowerCase) {
        return NAMES.contains(lowerCase) || PREFIXES.stream().anyMatch(lowerCase::startsWith);
    }
}
