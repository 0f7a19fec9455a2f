package dev.frontdesk.kit.web;

import dev.frontdesk.kit.web.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the strings of a request into values that check themselves. A value refuses with an
 * {@code IllegalArgumentException} whose message may be shown; all of them are told together by {@link #check}.
 */
public final class FieldReader {

    private final List<FieldError> errors = new ArrayList<>();

    /** @return empty when the field is missing or wrong, which {@link #check} then tells */
    public <T> Optional<T> required(String field, @Nullable String given, Function<String, T> read) {
        if (given == null) {
            refuse(field, "is required");
            return Optional.empty();
        }
        return optional(field, given, read);
    }

    public <T> Optional<T> optional(String field, @Nullable String given, Function<String, T> read) {
        try {
            return Optional.ofNullable(given).map(read);
        } catch (IllegalArgumentException refused) {
            refuse(field, String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    public void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** Goes on only when every field was right. */
    public void check() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(List.copyOf(errors));
        }
    }
}
