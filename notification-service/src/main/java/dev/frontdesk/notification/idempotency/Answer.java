package dev.frontdesk.notification.idempotency;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What a request is answered with, now and whenever it is sent again. It is kept in clear: no secret is in it.
 *
 * @param body becomes JSON
 */
public record Answer(HttpStatus status, @Nullable URI location, Object body) {

    public static Answer created(URI location, Object body) {
        return new Answer(HttpStatus.CREATED, location, body);
    }

    public static Answer accepted(Object body) {
        return new Answer(HttpStatus.ACCEPTED, null, body);
    }

    public static Answer ok(Object body) {
        return new Answer(HttpStatus.OK, null, body);
    }
}
