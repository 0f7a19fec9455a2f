package dev.frontdesk.kit.tracing;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.util.context.ContextView;

/**
 * Puts the trace of the current work into the log lines of that work. Reactor moves work between threads, so the ids are
 * set for a line only, not for a thread:
 *
 * <pre>
 * .doOnEach(TraceLog.onError(error -> log.warn("Not sent: {}", error.toString())))
 * </pre>
 */
public final class TraceLog {

    private static final String TRACE_ID = "traceId";
    private static final String SPAN_ID = "spanId";

    private TraceLog() {}

    /** For {@code doOnEach}: like {@code doOnError}. */
    public static <T> Consumer<Signal<T>> onError(Consumer<? super Throwable> line) {
        return signal -> {
            Throwable error = signal.getThrowable();
            if (error != null) {
                in(signal.getContextView(), () -> line.accept(error));
            }
        };
    }

    /** For {@code doOnEach}: like {@code doOnNext}. */
    public static <T> Consumer<Signal<T>> onNext(Consumer<? super T> line) {
        return signal -> {
            T value = signal.get();
            if (value != null) {
                in(signal.getContextView(), () -> line.accept(value));
            }
        };
    }

    /** For {@code doOnEach}: when the work has completed. */
    public static <T> Consumer<Signal<T>> onComplete(Runnable line) {
        return signal -> {
            if (signal.isOnComplete()) {
                in(signal.getContextView(), line);
            }
        };
    }

    /** For {@code onErrorResume} and the like: logs and completes empty. */
    public static <T> Mono<T> line(Runnable line) {
        return Mono.deferContextual(context -> {
            in(context, line);
            return Mono.empty();
        });
    }

    /** For code that logs and returns a value, on one thread. */
    public static <T> T call(ContextView context, Supplier<T> code) {
        TraceContext trace = TraceContext.in(context);
        put(trace);
        try {
            return code.get();
        } finally {
            remove(trace);
        }
    }

    /** Runs code that logs, on this thread. */
    public static void in(ContextView context, Runnable line) {
        in(TraceContext.in(context), line);
    }

    /** @param trace null for work without a trace */
    public static void in(@Nullable TraceContext trace, Runnable line) {
        put(trace);
        try {
            line.run();
        } finally {
            remove(trace);
        }
    }

    private static void put(@Nullable TraceContext trace) {
        if (trace != null) {
            MDC.put(TRACE_ID, trace.traceId());
            MDC.put(SPAN_ID, trace.spanId());
        }
    }

    private static void remove(@Nullable TraceContext trace) {
        if (trace != null) {
            MDC.remove(TRACE_ID);
            MDC.remove(SPAN_ID);
        }
    }
}
