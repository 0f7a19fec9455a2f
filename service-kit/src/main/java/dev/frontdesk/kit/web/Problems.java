package dev.frontdesk.kit.web;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.values.Graphemes;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Maps any error to the problem that the client receives. */
public final class Problems {

    private static final int LONGEST_PATH = 100;
    private static final Duration OUTAGE_RETRY = Duration.ofSeconds(2);

    private Problems() {}

    public static ProblemException of(Throwable error) {
        return switch (error) {
            case ProblemException problem -> problem;
            case ServerWebInputException input -> ofInput(input);
            case DataBufferLimitException _ ->
                new ProblemException(ProblemType.PAYLOAD_TOO_LARGE, "The body is larger than this endpoint accepts.");
            case RejectedExecutionException _ ->
                new ProblemException(ProblemType.OVERLOADED, "The queue is full. Try again after Retry-After.")
                        .retryAfter(OUTAGE_RETRY);
            case ErrorResponse response -> ofStatus(response);
            default -> ofUnexpected(error);
        };
    }

    private static ProblemException ofInput(ServerWebInputException input) {
        var parameter = input.getMethodParameter();
        if (parameter != null && parameter.hasParameterAnnotation(PathVariable.class)) {
            return new ProblemException(ProblemType.NOT_FOUND, "The id in the path is malformed.");
        }
        if (causedBy(input, DataBufferLimitException.class) != null) {
            return of(new DataBufferLimitException("body"));
        }
        var unknown = causedBy(input, UnrecognizedPropertyException.class);
        if (unknown != null) {
            return ProblemException.invalid(pathOf(unknown), "is not a field of this request");
        }
        var unstorable = causedBy(input, UnstorableJsonException.class);
        if (unstorable != null && !unstorable.getPath().isEmpty()) {
            return ProblemException.invalid(pathOf(unstorable), unstorable.getOriginalMessage());
        }
        var mismatch = causedBy(input, DatabindException.class);
        if (mismatch != null && !mismatch.getPath().isEmpty()) {
            return ProblemException.invalid(pathOf(mismatch), "has the wrong type or form");
        }
        // A number that is out of range for its type is valid JSON, so this is an error of the field.
        var tooLarge = causedBy(input, InputCoercionException.class);
        if (tooLarge != null && !tooLarge.getPath().isEmpty()) {
            return ProblemException.invalid(pathOf(tooLarge), "has the wrong type or form");
        }
        return new ProblemException(ProblemType.MALFORMED_REQUEST, "The body, a parameter or a header is malformed.");
    }

    private static ProblemException ofStatus(ErrorResponse response) {
        int status = response.getStatusCode().value();
        if (status >= 500) {
            return status == 503 ? unavailable() : internal();
        }
        var type = Arrays.stream(ProblemType.values())
                .filter(candidate -> candidate.status() == status)
                .findFirst()
                .orElse(ProblemType.MALFORMED_REQUEST);
        var problem = new ProblemException(type, type.title() + ".");
        problem.getHeaders().putAll(response.getHeaders());
        return problem;
    }

    private static ProblemException ofUnexpected(Throwable error) {
        return Outages.isBehind(error) ? unavailable() : internal();
    }

    public static ProblemException unavailable() {
        return new ProblemException(ProblemType.UNAVAILABLE, "Try again shortly.").retryAfter(OUTAGE_RETRY);
    }

    private static ProblemException internal() {
        return new ProblemException(ProblemType.INTERNAL_ERROR, "The error was logged. Report it with X-Trace-Id.");
    }

    private static String pathOf(JacksonException error) {
        String path = error.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        // The client chooses the name, and it can have any length.
        return path.length() <= LONGEST_PATH ? path : Graphemes.cut(path, LONGEST_PATH) + "…";
    }

    private static <T extends Throwable> @Nullable T causedBy(Throwable error, Class<T> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
