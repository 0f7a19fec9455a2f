package dev.frontdesk.gateway.backends;

import org.springframework.http.HttpHeaders;

/** A request as it arrived at a backend. */
public record ReceivedRequest(String method, String uri, HttpHeaders headers, byte[] body) {

    public String header(String name) {
        String value = headers.getFirst(name);
        if (value == null) {
            throw new AssertionError("No " + name + " in " + headers.headerNames());
        }
        return value;
    }
}
