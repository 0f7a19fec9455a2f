package dev.frontdesk.kit.postgres;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/** Reads values from rows. */
public final class Rows {

    private Rows() {}

    /** @throws IllegalStateException with the column's name, when the value is null */
    public static <T> T required(Readable row, String column, Class<T> type) {
        @Nullable T value = row.get(column, type);
        if (value == null) {
            throw new IllegalStateException(column + " is null");
        }
        return value;
    }
}
