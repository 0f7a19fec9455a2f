package dev.frontdesk.kit.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page begins; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    /** @param found has one item more than the limit when there is a next page */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, PageCursor> positionOf) {
        if (found.size() <= limit) {
            return new Page<>(List.copyOf(found), null);
        }
        return new Page<>(
                List.copyOf(found.subList(0, limit)),
                positionOf.apply(found.get(limit - 1)).cursor());
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    public static int readLimit(String text) {
        if (!text.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("must be 1 to " + MAX_LIMIT);
        }
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("must be 1 to " + MAX_LIMIT);
        }
        return limit;
    }
}
