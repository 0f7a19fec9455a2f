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

/** An error that can be sent to the client as it is: type, status and detail contain no secret and no client input. */
public class ProblemException extends ErrorResponseException {

    private final ProblemType type;

    public ProblemException(ProblemType type, String detail) {
        super(HttpStatusCode.valueOf(type.status()), body(type, detail), null);
        this.type = type;
    }

    /** One invalid field: its JSON name and the expected value. */
    public record FieldError(String field, String message) {}

    public static ProblemException invalid(List<FieldError> errors) {
        var problem = new ProblemException(ProblemType.INVALID_REQUEST, "See errors for the invalid fields.");
        problem.getBody().setProperty("errors", errors);
        return problem;
    }

    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** The request has no credential but needs one. */
    public static ProblemException unauthenticated() {
        return unauthenticated(ProblemReason.NO_CREDENTIAL, "Send a session token or an API key.", "Bearer");
    }

    /** The request has a credential that is invalid, expired or revoked (RFC 6750, section 3.1). */
    public static ProblemException invalidCredential() {
        return unauthenticated(
                ProblemReason.INVALID_CREDENTIAL,
                "The session token or API key is invalid, expired or revoked: log in again, or check the key.",
                "Bearer error=\"invalid_token\"");
    }

    private static ProblemException unauthenticated(ProblemReason reason, String detail, String challenge) {
        var problem = new ProblemException(ProblemType.UNAUTHENTICATED, detail);
        problem.getBody().setProperty("reason", reason.text());
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        return problem;
    }

    /** @param wait for Retry-After; rounded up to whole seconds, at least one */
    public ProblemException retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        if (type.status() == 429) {
            getBody().setProperty("retry_after", seconds);
        }
        return this;
    }

    /**
     * Adds the fields that a 429 has in addition to the standard ones.
     *
     * @param reason the text of a {@link ProblemReason}
     */
    public ProblemException limited(String reason, long limit, long current) {
        limited(reason);
        getBody().setProperty("limit", limit);
        getBody().setProperty("current", current);
        return this;
    }

    /** Like the other one, for a limit whose use the client must not learn. */
    public ProblemException limited(String reason) {
        // An assertion, because only tests should fail here: in production, a 429 with an unlisted reason is better
        // than an internal error.
        assert ProblemReason.isOf(type, reason) : reason + " is missing from " + ProblemReason.class.getName();
        getBody().setProperty("error", "rate_limit_exceeded");
        getBody().setProperty("reason", reason);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    /** Whether this field was rejected. */
    public boolean isAbout(String field) {
        return errors().stream().anyMatch(error -> error.field().equals(field));
    }

    /** The problem in one line, for logs and where no response is sent. */
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
