package dev.frontdesk.contracts.tenants;

import org.jspecify.annotations.Nullable;

/**
 * How many requests a subject may make in any minute, hour and day. Null means that this window has no quota of its own.
 *
 * @param perMinute 1 to {@link #MOST}
 * @param perHour at least {@code perMinute}
 * @param perDay at least {@code perHour} and {@code perMinute}
 */
public record Quotas(
        @Nullable Long perMinute,
        @Nullable Long perHour,
        @Nullable Long perDay) {

    public static final long MOST = 1_000_000_000;

    public static final Quotas NONE = new Quotas(null, null, null);
}
