package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.web.PageCursor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events an endpoint is to get again; the payload of such a job.
 *
 * @param replayId the same from the first page to the last
 * @param onlyFailed leaves out what an attempt succeeded for
 * @param afterTime of the last event of the page before; null on the first
 */
record ReplayRange(
        UUID endpointId,
        UUID replayId,
        Instant from,
        Instant to,
        boolean onlyFailed,
        @Nullable Instant afterTime,
        @Nullable UUID afterId) {

    @Nullable PageCursor after() {
        return afterTime == null || afterId == null ? null : new PageCursor(afterTime, afterId);
    }

    ReplayRange behind(PageCursor pageCursor) {
        return new ReplayRange(endpointId, replayId, from, to, onlyFailed, pageCursor.time(), pageCursor.id());
    }
}
