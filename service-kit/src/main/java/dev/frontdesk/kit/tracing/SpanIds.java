package dev.frontdesk.kit.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/** Gives an exported span the ids that its work already had, and has passed on. */
final class SpanIds implements IdGenerator {

    private static final ThreadLocal<TraceContext> EXPORTED = new ThreadLocal<>();
    private static final IdGenerator RANDOM = IdGenerator.random();

    /** The span that {@code start} makes has the ids of this context. */
    static <T> T use(TraceContext context, Supplier<T> start) {
        EXPORTED.set(context);
        try {
            return start.get();
        } finally {
            EXPORTED.remove();
        }
    }

    @Override
    public String generateSpanId() {
        TraceContext exported = EXPORTED.get();
        return exported == null ? RANDOM.generateSpanId() : exported.spanId();
    }

    @Override
    public String generateTraceId() {
        TraceContext exported = EXPORTED.get();
        return exported == null ? RANDOM.generateTraceId() : exported.traceId();
    }
}
