package dev.frontdesk.contracts.gateways;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which document a version is of, and which version it is: the message in Redis after a change. Without the content, which
 * readers get from registration-service.
 *
 * @param changedAt null for version 0
 */
public record GatewayDocumentVersion(
        String name, long version, @Nullable Instant changedAt) {

    public static GatewayDocumentVersion of(GatewayDocument document) {
        return new GatewayDocumentVersion(document.name(), document.version(), document.changedAt());
    }

    /**
     * A database that was restored from a backup gives the same numbers to other versions, and lower numbers to later ones. So
     * the time decides; each version has a later one than the version before it.
     */
    public boolean isAfter(GatewayDocumentVersion other) {
        int time = orEarliest(changedAt).compareTo(orEarliest(other.changedAt));
        return time > 0 || (time == 0 && version > other.version);
    }

    private static Instant orEarliest(@Nullable Instant time) {
        return time == null ? Instant.MIN : time;
    }
}
