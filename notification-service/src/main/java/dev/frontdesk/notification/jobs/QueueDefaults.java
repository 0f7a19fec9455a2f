package dev.frontdesk.notification.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A queue as the service's configuration has it; what a tenant sets for its own goes before.
 *
 * @param concurrency jobs that one instance works at once
 * @param rateLimit jobs of one tenant begun in any window; null for no limit
 * @param totalRateLimit the same for all tenants together
 * @param rateWindow of both limits
 */
public record QueueDefaults(
        String name,
        int concurrency,
        @Nullable Integer rateLimit,
        @Nullable Integer totalRateLimit,
        Duration rateWindow) {}
