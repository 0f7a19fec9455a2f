package dev.frontdesk.kit.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class TraceContextTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    @Test
    void continuesATraceWithASpanOfItsOwn() {
        TraceContext trace = TraceContext.continued("00-" + TRACE + "-" + PARENT + "-01", Sampling.NONE);

        assertThat(trace.traceId()).isEqualTo(TRACE);
        assertThat(trace.parentSpanId()).isEqualTo(PARENT);
        assertThat(trace.sampled()).isTrue();
        assertThat(trace.spanId()).matches("[0-9a-f]{16}").isNotEqualTo(PARENT);
        assertThat(trace.traceparent()).isEqualTo("00-" + TRACE + "-" + trace.spanId() + "-01");
    }

    @Test
    void keepsTheDecisionNotToSample() {
        TraceContext trace = TraceContext.continued("00-" + TRACE + "-" + PARENT + "-00", Sampling.ALL);

        assertThat(trace.sampled()).isFalse();
        assertThat(trace.traceparent()).endsWith("-00");
    }

    @Test
    void readsOnlyTheFlagThatItKnows() {
        assertThat(TraceContext.continued("00-" + TRACE + "-" + PARENT + "-02", Sampling.ALL)
                        .sampled())
                .isFalse();
        assertThat(TraceContext.continued("00-" + TRACE + "-" + PARENT + "-03", Sampling.NONE)
                        .sampled())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cc-%s-%s-01", "01-%s-%s-01-what-the-future-will-be-like"})
    void readsHigherVersionsLikeTheFirst(String header) {
        assertThat(TraceContext.continued(header.formatted(TRACE, PARENT), Sampling.NONE)
                        .traceId())
                .isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333x-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
            })
    void beginsANewTraceInsteadOfAMalformedOne(String header) {
        TraceContext trace = TraceContext.continued(header, Sampling.NONE);

        assertThat(trace.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
        assertThat(trace.parentSpanId()).isNull();
        assertThat(trace.sampled()).isFalse();
    }

    @Test
    void samplesAboutTheConfiguredShareOfNewTraces() {
        var sampling = new Sampling(0.1);

        long sampled = IntStream.range(0, 20_000)
                .filter(_ -> TraceContext.begun(sampling).sampled())
                .count();

        // 20 standard deviations
        assertThat(sampled).isBetween(1150L, 2850L);
        assertThat(TraceContext.begun(Sampling.NONE).sampled()).isFalse();
        assertThat(TraceContext.begun(Sampling.ALL).sampled()).isTrue();
    }

    @Test
    void travelsInTheReactorContext() {
        TraceContext trace = TraceContext.begun(Sampling.ALL);

        String seen = Mono.deferContextual(context -> Mono.justOrEmpty(TraceContext.traceparentIn(context)))
                .contextWrite(trace::writeTo)
                .block();

        assertThat(seen).isEqualTo(trace.traceparent());
    }
}
