package dev.frontdesk.kit.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands finished spans to the exporter. A span is only made when its work has ended and it is to be exported: until
 * then it is nothing but the ids in a {@link TraceContext}.
 */
public final class SpanExport {

    /** Exports nothing. */
    public static final SpanExport NONE = new SpanExport(null);

    private final @Nullable Tracer tracer;

    /** @param tracer whose ids come from {@link SpanIds}; null without a collector */
    SpanExport(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /** Whether there is a collector. */
    public boolean isEnabled() {
        return tracer != null;
    }

    /** Exports the span, whether its trace is sampled or not; ends it now. Does not wait for the collector. */
    public void export(FinishedSpan finished) {
        if (tracer != null) {
            Instant end = Instant.now();
            SpanIds.use(finished.context(), () -> start(tracer, finished, end.minus(finished.took())))
                    .end(nanosOf(end), TimeUnit.NANOSECONDS);
        }
    }

    private static Span start(Tracer tracer, FinishedSpan finished, Instant start) {
        TraceContext context = finished.context();
        Span.Builder builder = tracer.spanBuilder().name(finished.name()).kind(finished.kind());
        if (context.parentSpanId() == null) {
            builder.setNoParent();
        } else {
            builder.setParent(tracer.traceContextBuilder()
                    .traceId(context.traceId())
                    .spanId(context.parentSpanId())
                    .sampled(true)
                    .build());
        }
        finished.tags().forEach(builder::tag);
        if (finished.failure() != null) {
            builder.tag("error.type", finished.failure());
            builder.error(new SpanFailure(finished.failure()));
        }
        return builder.startTimestamp(nanosOf(start), TimeUnit.NANOSECONDS).start();
    }

    private static long nanosOf(Instant time) {
        return Duration.between(Instant.EPOCH, time).toNanos();
    }

    /** Marks a span as failed. Does not contain the error's own message, which may quote data. */
    private static final class SpanFailure extends RuntimeException {

        private static final long serialVersionUID = 1;

        SpanFailure(String type) {
            super(type, null, false, false);
        }
    }
}
