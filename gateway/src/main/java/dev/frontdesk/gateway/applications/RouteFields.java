package dev.frontdesk.gateway.applications;

import dev.frontdesk.kit.web.FieldReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one route of a document, and names them in errors as the document does. */
final class RouteFields {

    /** The most entries of a list. */
    static final int MOST = 32;

    private final String at;
    private final FieldReader errors;
    private boolean failed;

    /** @param at in front of each name, for example {@code routes[2].} */
    RouteFields(String at, FieldReader errors) {
        this.at = at;
        this.errors = errors;
    }

    boolean failed() {
        return failed;
    }

    void refuse(String field, String message) {
        failed = true;
        errors.refuse(at + field, message);
    }

    /** @return the fallback if it is missing or wrong */
    <T> T required(String field, @Nullable String given, Function<String, T> read, T fallback) {
        if (given == null) {
            refuse(field, "is required");
            return fallback;
        }
        return optional(field, given, read, fallback);
    }

    /** @return the fallback if it is missing or wrong */
    <T> T optional(String field, @Nullable String given, Function<String, T> read, T fallback) {
        if (given == null) {
            return fallback;
        }
        try {
            return read.apply(given);
        } catch (IllegalArgumentException wrong) {
            refuse(field, String.valueOf(wrong.getMessage()));
            return fallback;
        }
    }

    /** Empty if it is missing; without the entries that are wrong. */
    <T> List<T> each(String field, @Nullable List<String> given, Function<String, T> read) {
        var all = new ArrayList<T>();
        if (given != null && given.size() > MOST) {
            refuse(field, "must have at most " + MOST + " entries");
        } else if (given != null) {
            for (int i = 0; i < given.size(); i++) {
                required(field + "[" + i + "]", given.get(i), text -> all.add(read.apply(text)), false);
            }
        }
        return all;
    }

    long number(String field, @Nullable Number given, long least, long most, long fallback) {
        if (given == null) {
            return fallback;
        }
        if (given.longValue() < least || given.longValue() > most) {
            refuse(field, "must be %d to %d".formatted(least, most));
            return fallback;
        }
        return given.longValue();
    }
}
