package dev.frontdesk.kit.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class TraceLogTest {

    private final TraceContext trace = TraceContext.begun(Sampling.NONE);
    private final List<@Nullable String> seen = new ArrayList<>();

    @Test
    void givesEachLineItsTraceOnWhicheverThreadItIsWritten() {
        Mono.just("value")
                .publishOn(Schedulers.parallel())
                .doOnEach(TraceLog.onNext(_ -> look()))
                .then(Mono.error(new IllegalStateException()))
                .doOnEach(TraceLog.onError(_ -> look()))
                .onErrorResume(_ -> TraceLog.line(this::look))
                .doOnEach(TraceLog.onComplete(this::look))
                .contextWrite(trace::writeTo)
                .block();

        assertThat(seen).containsExactly(trace.traceId(), trace.traceId(), trace.traceId(), trace.traceId());
    }

    @Test
    void leavesNothingBehindOnTheThread() {
        TraceLog.in(trace, this::look);
        look();

        assertThat(seen).containsExactly(trace.traceId(), null);
        assertThat(MDC.get("spanId")).isNull();
    }

    @Test
    void logsWorkWithoutATraceToo() {
        Mono.just("value").doOnEach(TraceLog.onNext(_ -> look())).block();

        assertThat(seen).containsExactly((String) null);
    }

    private void look() {
        seen.add(MDC.get("traceId"));
    }
}
