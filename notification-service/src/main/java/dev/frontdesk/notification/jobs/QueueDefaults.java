package dev.frontdesk.notification.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A queue's settings in the service's configuration; a tenant's own settings take precedence.
 *
 * @param concurrency number of jobs that one instance works on at the same time
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
