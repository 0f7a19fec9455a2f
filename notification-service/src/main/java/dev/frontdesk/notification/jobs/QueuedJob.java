package dev.frontdesk.notification.jobs;

import dev.frontdesk.kit.idempotency.Answer;
import java.net.URI;
import java.util.UUID;

/**
 * The response body for work that is queued; the job at {@code Location} shows the progress.
 *
 * @param id of the job
 */
public record QueuedJob(String queue, UUID id) {

    /** 202 with the job's location. */
    public static Answer answer(String queue, UUID id) {
        return Answer.accepted(location(queue, id), new QueuedJob(queue, id));
    }

    public static URI location(String queue, UUID id) {
        return URI.create("/api/v1/queues/" + queue + "/jobs/" + id);
    }
}
