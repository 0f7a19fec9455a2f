package dev.frontdesk.contracts.apikeys;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Body of {@code POST /internal/api-keys/used} at registration-service: when a gateway last admitted which keys. The
 * response is 204. Sending the same again, or something older, changes nothing.
 *
 * @param uses at most {@link #MOST}
 */
public record ApiKeyUses(List<Use> uses) {

    public static final String PATH = "/internal/api-keys/used";

    public static final int MOST = 500;

    public record Use(UUID id, Instant at) {}
}
