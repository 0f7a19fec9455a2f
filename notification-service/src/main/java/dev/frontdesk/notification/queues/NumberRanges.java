package dev.frontdesk.notification.queues;

import dev.frontdesk.kit.web.FieldReader;
import org.jspecify.annotations.Nullable;

/** Checks numbers in a request. */
public final class NumberRanges {

    private NumberRanges() {}

    /** Accepts a missing number. */
    public static void check(FieldReader fields, String field, @Nullable Number given, long least, long most) {
        if (given != null && (given.longValue() < least || given.longValue() > most)) {
            fields.refuse(field, "must be %d to %d".formatted(least, most));
        }
    }
}
