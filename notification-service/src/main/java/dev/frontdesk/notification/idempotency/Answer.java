package dev.frontdesk.notification.idempotency;

import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What a request is answered with, now and whenever it is sent again. It is kept in clear: no secret is in it.
 *
 * @param body becomes JSON
 */
public record Answer(HttpStatus status, @Nullable URI location, Object body) {

    /** @param location null where several were made */
    public static Answer created(@Nullable URI location, Object body) {
        return new Answer(HttpStatus.CREATED, location, body);
    }

    public static Answer accepted(Object body) {
        return new Answer(HttpStatus.ACCEPTED, null, body);
    }

    /**
     * Work that will be done; its job, at {@code Location}, says how far it is.
     *
     * @param id of the job
     */
    public static Answer queued(String queue, UUID id) {
        return new Answer(HttpStatus.ACCEPTED, job(queue, id), new QueuedJob(queue, id));
    }

    /** Where a job is found. */
    public static URI job(String queue, UUID id) {
        return URI.create("/api/v1/queues/" + queue + "/jobs/" + id);
    }

    private record QueuedJob(String queue, UUID id) {}

    public static Answer ok(Object body) {
        return new Answer(HttpStatus.OK, null, body);
    }
}
