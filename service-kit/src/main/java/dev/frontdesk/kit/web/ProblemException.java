package dev.frontdesk.kit.web;

import dev.frontdesk.contracts.http.ProblemReason;
import dev.frontdesk.contracts.http.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    /** No credential came where one is needed. */
    public static ProblemException unauthenticated() {
        return unauthenticated(ProblemReason.NO_CREDENTIAL, "Send a session token or an API key.", "Bearer");
    }

    /** A credential came that is none, is over or was revoked (RFC 6750, section 3.1). */
    public static ProblemException invalidCredential() {
        return unauthenticated(
                ProblemReason.INVALID_CREDENTIAL,
                "The session token or API key is not valid, or no longer: log in again, or check the key.",
                "Bearer error=\"invalid_token\"");
    }

    private static ProblemException unauthenticated(ProblemReason reason, String detail, String challenge) {
        var problem = new ProblemException(ProblemType.UNAUTHENTICATED, detail);
        problem.getBody().setProperty("reason", reason.text());
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
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

    /**
     * Adds the fields that a 429 carries beside the standard ones.
     *
     * @param reason the text of a {@link ProblemReason}
     */
    public ProblemException limited(String reason, long limit, long current) {
        // Tests run with assertions; a client had better be told of a limit that a list has not than of an error.
        assert ProblemReason.isOf(type, reason) : reason + " is missing from " + ProblemReason.class.getName();
        getBody().setProperty("error", "rate_limit_exceeded");
        getBody().setProperty("reason", reason);
        getBody().setProperty("limit", limit);
        getBody().setProperty("current", current);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    /** Whether this field was refused. */
    public boolean isAbout(String field) {
        return errors().stream().anyMatch(error -> error.field().equals(field));
    }

    /** In one line, for logs and for those who get no answer. */
    public String inOneLine() {
        List<FieldError> errors = errors();
        return errors.isEmpty()
                ? String.valueOf(getBody().getDetail())
                : errors.stream()
                        .map(error -> error.field() + " " + error.message())
                        .collect(Collectors.joining("; "));
    }

    private List<FieldError> errors() {
        Map<String, Object> properties = getBody().getProperties();
        return properties != null && properties.get("errors") instanceof List<?> errors
                ? errors.stream()
                        .filter(FieldError.class::isInstance)
                        .map(FieldError.class::cast)
                        .toList()
                : List.of();
    }

    private static ProblemDetail body(ProblemType type, String detail) {
        var body = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(type.status()), detail);
        body.setType(type.uri());
        body.setTitle(type.title());
        return body;
    }
}
