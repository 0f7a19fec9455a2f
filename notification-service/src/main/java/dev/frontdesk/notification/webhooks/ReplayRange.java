package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.web.PageCursor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events to send to an endpoint again; the payload of a replay job.
 *
 * @param replayId the same for all pages of a replay
 * @param onlyFailed leaves out events that an attempt succeeded for
 * @param afterTime the time of the last event of the previous page; null for the first page
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
