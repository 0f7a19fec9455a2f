package dev.frontdesk.kit.idempotency;

import java.net.URI;
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

    /** @param location where the progress can be read */
    public static Answer accepted(URI location, Object body) {
        return new Answer(HttpStatus.ACCEPTED, location, body);
    }

    public static Answer ok(Object body) {
        return new Answer(HttpStatus.OK, null, body);
    }
}
