package dev.frontdesk.kit.connections;

import dev.frontdesk.contracts.http.ProblemType;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** Why a request is refused before the service sees it. */
record Refusal(ProblemType type, String detail) {

    static Refusal malformed(String detail) {
        return new Refusal(ProblemType.MALFORMED_REQUEST, detail);
    }

    static Refusal slowHead() {
        return new Refusal(ProblemType.REQUEST_TIMEOUT, "The request's headers did not arrive in time.");
    }

    /** @param message the part that could not be decoded: a request's head, or a part of its body */
    static Refusal of(Throwable cause, Object message) {
        if (!(message instanceof HttpRequest)) {
            return malformed("The chunked encoding of the body is malformed.");
        }
        return switch (cause) {
            case TooLongHttpLineException _ ->
                new Refusal(ProblemType.URI_TOO_LONG, "The request line is longer than 4 KB.");
            case TooLongHttpHeaderException _ ->
                new Refusal(ProblemType.HEADERS_TOO_LARGE, "The headers are larger than the server accepts.");
            default -> malformed("The request line or a header is malformed.");
        };
    }
}
