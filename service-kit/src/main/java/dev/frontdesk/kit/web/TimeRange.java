package dev.frontdesk.kit.web;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields {@code from} and {@code to} of a request. All time ranges of the API are read here, so that they all mean
 * the same.
 *
 * @param from inclusive; null when there is no lower bound
 * @param to exclusive; null when there is no upper bound
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {

    /** @param fields receives the errors; after an error the returned range must not be used */
    public static TimeRange read(FieldReader fields, @Nullable String from, @Nullable String to) {
        return ordered(
                fields, fields.optional("from", from, Timestamps::read), fields.optional("to", to, Timestamps::read));
    }

    /** Like {@link #read}, but both bounds are required. */
    public static TimeRange readWhole(FieldReader fields, @Nullable String from, @Nullable String to) {
        return ordered(
                fields, fields.required("from", from, Timestamps::read), fields.required("to", to, Timestamps::read));
    }

    private static TimeRange ordered(FieldReader fields, Optional<Instant> from, Optional<Instant> to) {
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            fields.refuse("to", "must be later than from");
        }
        return new TimeRange(from.orElse(null), to.orElse(null));
    }

    /** False when a bound is missing. */
    public boolean isLongerThan(Duration most) {
        return from != null && to != null && from.plus(most).isBefore(to);
    }

    /** Only for a range that has a lower bound. */
    public Instant begin() {
        return requireNonNull(from);
    }

    /** Only for a range that has an upper bound. */
    public Instant end() {
        return requireNonNull(to);
    }

    /** Returns this range with {@code end} in place of a missing {@code to}. */
    public TimeRange until(Instant end) {
        return to == null ? new TimeRange(from, end) : this;
    }
}
