package dev.frontdesk.kit.web;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields {@code from} and {@code to} of a request. Every range of the API is read here, so that all of them mean the
 * same.
 *
 * @param from included; null for all that was before {@code to}
 * @param to excluded; null for all that came after {@code from}
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {

    /** @param fields is told what is wrong; the range is of no use then */
    public static TimeRange read(FieldReader fields, @Nullable String from, @Nullable String to) {
        return ordered(
                fields, fields.optional("from", from, Timestamps::read), fields.optional("to", to, Timestamps::read));
    }

    /** As {@link #read}, and both are needed. */
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

    /** False where an end is open. */
    public boolean isLongerThan(Duration most) {
        return from != null && to != null && from.plus(most).isBefore(to);
    }

    /** Of a range that has one. */
    public Instant begin() {
        return requireNonNull(from);
    }

    /** Of a range that has one. */
    public Instant end() {
        return requireNonNull(to);
    }

    /** Where {@code to} is open. */
    public TimeRange until(Instant end) {
        return to == null ? new TimeRange(from, end) : this;
    }
}
