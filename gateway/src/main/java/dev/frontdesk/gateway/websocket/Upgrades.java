package dev.frontdesk.gateway.websocket;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.Locale;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpHeaders;

/** Refuses an upgrade to WebSocket at a route that has none. */
public final class Upgrades {

    /** Key in a route's metadata in application.yml. */
    private static final String METADATA = "websocket";

    private static final String WEBSOCKET = "websocket";

    private Upgrades() {}

    /** @throws ProblemException 400 */
    public static void check(HttpHeaders headers, Route route) {
        if (!headers.containsHeader(HttpHeaders.UPGRADE)) {
            return;
        }
        List<String> upgrades = headers.getOrEmpty(HttpHeaders.UPGRADE);
        if (upgrades.stream().anyMatch(Upgrades::isToWebSocket)
                && !Boolean.TRUE.equals(route.getMetadata().get(METADATA))) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "This is not a WebSocket endpoint.");
        }
    }

    private static boolean isToWebSocket(String upgrade) {
        return upgrade.toLowerCase(Locale.ROOT).contains(WEBSOCKET);
    }
}
