package dev.frontdesk.notification.idempotency;

import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The response to a request, also when it is sent again. It is stored unencrypted and must not contain secrets.
 *
 * @param body becomes JSON
 */
public record Answer(HttpStatus status, @Nullable URI location, Object body) {

    /** @param location null if several resources were created */
    public static Answer created(@Nullable URI location, Object body) {
        return new Answer(HttpStatus.CREATED, location, body);
    }

    public static Answer accepted(Object body) {
        return new Answer(HttpStatus.ACCEPTED, null, body);
    }

    /**
     * Response for work that is queued; the job at {@code Location} shows the progress.
     *
     * @param id of the job
     */
    public static Answer queued(String queue, UUID id) {
        return new Answer(HttpStatus.ACCEPTED, job(queue, id), new QueuedJob(queue, id));
    }

    /** URI of a job. */
    public static URI job(String queue, UUID id) {
        return URI.create("/api/v1/queues/" + queue + "/jobs/" + id);
    }

    private record QueuedJob(String queue, UUID id) {}

    public static Answer ok(Object body) {
        return new Answer(HttpStatus.OK, null, body);
    }
}
