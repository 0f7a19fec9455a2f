package dev.frontdesk.kit.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Span.Kind;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Continues a trace in work that another process asked for through an outbox, a topic or a queue, so that one trace id
 * covers everything from the first request to the last effect.
 */
public final class TraceCarrier {

    private final Sampling sampling;
    private final SpanExport export;
    private final MeterRegistry meters;

    TraceCarrier(Sampling sampling, SpanExport export, MeterRegistry meters) {
        this.sampling = sampling;
        this.export = export;
        this.meters = meters;
    }

    /**
     * Runs the work as a span of the trace. Its duration is measured, and its span is exported if the trace is sampled.
     *
     * @param traceparent what was stored with the work; null for work without a trace, which begins one
     * @param name of the span and of the timer, for example {@code event.handle}
     */
    public <T> Mono<T> resume(@Nullable String traceparent, String name, Mono<T> work) {
        return Mono.defer(() -> {
            TraceContext trace = TraceContext.continued(traceparent, sampling);
            var span = new RunningSpan(trace, name, System.nanoTime());
            return work.doOnError(span::failed).doFinally(span::ended).contextWrite(trace::writeTo);
        });
    }

    private final class RunningSpan {

        private final TraceContext trace;
        private final String name;
        private final long start;
        private volatile @Nullable String failure;

        RunningSpan(TraceContext trace, String name, long start) {
            this.trace = trace;
            this.name = name;
            this.start = start;
        }

        void failed(Throwable error) {
            failure = error.getClass().getSimpleName();
        }

        void ended(SignalType how) {
            var took = Duration.ofNanos(System.nanoTime() - start);
            String error = failure != null ? failure : how == SignalType.CANCEL ? "Cancelled" : "none";
            meters.timer(name, "error", error).record(took);
            if (trace.sampled() && export.isEnabled()) {
                export.export(new FinishedSpan(trace, name, Kind.CONSUMER, took, Map.of(), failure));
            }
        }
    }
}
