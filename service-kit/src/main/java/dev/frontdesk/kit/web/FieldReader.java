package dev.frontdesk.kit.web;

import dev.frontdesk.kit.web.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the strings of a request into validated values. A value rejects wrong input with an
 * {@code IllegalArgumentException} whose message may be shown to the client; {@link #check} reports all of these errors
 * together.
 */
public final class FieldReader {

    private final List<FieldError> errors = new ArrayList<>();

    /** @return empty when the field is missing or wrong; {@link #check} then reports the error */
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

    public Optional<UUID> uuid(String field, @Nullable String given) {
        return optional(field, given, UuidText::read);
    }

    /** Reads {@code true} or {@code false}. */
    public Optional<Boolean> flag(String field, @Nullable String given) {
        return optional(field, given, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        });
    }

    /** Refuses a number outside the range; accepts a missing one. */
    public void range(String field, @Nullable Number given, long least, long most) {
        if (given != null && (given.longValue() < least || given.longValue() > most)) {
            refuse(field, "must be %d to %d".formatted(least, most));
        }
    }

    public void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** How many errors there are so far. */
    public int count() {
        return errors.size();
    }

    /** @throws ProblemException 400 with all errors, if there are any */
    public void check() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(List.copyOf(errors));
        }
    }
}
