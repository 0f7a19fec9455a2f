package dev.frontdesk.kit.problem;

import dev.frontdesk.contracts.http.ProblemType;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A refusal that the client may see whole: type, status and detail carry no secret and nothing that the client sent. */
public class ProblemException extends ErrorResponseException {

    private final ProblemType type;

    public ProblemException(ProblemType type, String detail) {
        super(HttpStatusCode.valueOf(type.status()), body(type, detail), null);
        this.type = type;
    }

    /** One invalid field: its JSON name and what is expected of it. */
    public record FieldError(String field, String message) {}

    public static ProblemException invalid(List<FieldError> errors) {
        var problem = new ProblemException(ProblemType.INVALID_REQUEST, "See errors for each field.");
        problem.getBody().setProperty("errors", errors);
        return problem;
    }

    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    public static ProblemException unauthenticated() {
        var problem = new ProblemException(ProblemType.UNAUTHENTICATED, "Send a session token or an API key.");
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return problem;
    }

    /** @param wait rounded up to whole seconds, at least one, for Retry-After */
    public ProblemException retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        if (type.status() == 429) {
            getBody().setProperty("retry_after", seconds);
        }
        return this;
    }

    /** Adds the fields that a 429 carries beside the standard ones. */
    public ProblemException limited(String reason, long limit, long current) {
        getBody().setProperty("error", "rate_limit_exceeded");
        getBody().setProperty("reason", reason);
        getBody().setProperty("limit", limit);
        getBody().setProperty("current", current);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    private static ProblemDetail body(ProblemType type, String detail) {
        var body = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(type.status()), detail);
        body.setType(type.uri());
        body.setTitle(type.title());
        return body;
    }
}
