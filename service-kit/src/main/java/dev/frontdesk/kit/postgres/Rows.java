package dev.frontdesk.kit.postgres;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/** What rows hold. */
public final class Rows {

    private Rows() {}

    /** @throws IllegalStateException naming the column when it is null after all */
    public static <T> T required(Readable row, String column, Class<T> type) {
        @Nullable T value = row.get(column, type);
        if (value == null) {
            throw new IllegalStateException(column + " is null");
        }
        return value;
    }
}
