package dev.frontdesk.gateway.backends;

import java.util.Map;

/** The response of a backend. */
public record Answer(int status, String contentType, String body, Map<String, String> headers) {

    public static Answer json(int status, String body) {
        return new Answer(status, "application/json", body, Map.of());
    }

    public static Answer problem(int status, String body) {
        return new Answer(status, "application/problem+json", body, Map.of());
    }

    public Answer with(String header, String value) {
        return new Answer(status, contentType, body, Map.of(header, value));
    }
}
