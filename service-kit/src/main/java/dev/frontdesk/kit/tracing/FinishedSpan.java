package dev.frontdesk.kit.tracing;

import io.micrometer.tracing.Span.Kind;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that has just ended.
 *
 * @param name of low cardinality, for example {@code GET /api/v1/sessions/{id}}
 * @param took until now
 * @param tags without anything that a person wrote or that identifies one
 * @param failure the name of the error's class; null if the work did not fail
 */
public record FinishedSpan(
        TraceContext context,
        String name,
        Kind kind,
        Duration took,
        Map<String, String> tags,
        @Nullable String failure) {}
