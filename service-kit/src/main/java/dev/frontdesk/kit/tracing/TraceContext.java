package dev.frontdesk.kit.tracing;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The W3C trace context of one piece of work: a request, an event or a job. It travels in the Reactor context, not in
 * thread locals: code that logs or calls another process takes it from there.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero; the same in all processes
 * @param spanId 16 lower-case hexadecimal digits, not all zero; identifies this piece of work
 * @param parentSpanId the span that caused this one; null for the first span of a trace
 * @param sampled whether the spans of this trace are exported
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public record TraceContext(
        String traceId, String spanId, @Nullable String parentSpanId, boolean sampled) {

    /** Header and field name of the W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    private static final int TRACE_ID = 3;
    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;
    private static final int LENGTH = 55;

    private static final String NO_TRACE_ID = "0".repeat(32);
    private static final String NO_SPAN_ID = "0".repeat(16);

    /** Continues the trace of this header; begins one if the header is missing or malformed. */
    public static TraceContext continued(@Nullable String traceparent, Sampling sampling) {
        return traceparent != null && isValid(traceparent)
                ? new TraceContext(
                        traceparent.substring(TRACE_ID, TRACE_ID + 32),
                        newSpanId(),
                        traceparent.substring(SPAN_ID, SPAN_ID + 16),
                        (HexFormat.fromHexDigit(traceparent.charAt(LENGTH - 1)) & 1) == 1)
                : begun(sampling);
    }

    /** The first span of a new trace. */
    public static TraceContext begun(Sampling sampling) {
        var random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        // Samplers everywhere decide by the last digits, so these must be random, and are not all zero.
        long last = random.nextLong(1, Long.MAX_VALUE);
        String traceId = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(last);
        return new TraceContext(traceId, newSpanId(), null, sampling.includes(last));
    }

    /** The trace of the current work; null if it has none. */
    public static @Nullable TraceContext in(ContextView context) {
        return context.getOrDefault(TraceContext.class, null);
    }

    /** What a row, an event or a job stores to continue this trace later; null if the current work has none. */
    public static @Nullable String traceparentIn(ContextView context) {
        TraceContext trace = in(context);
        return trace == null ? null : trace.traceparent();
    }

    /** For {@code contextWrite}. */
    public Context writeTo(Context context) {
        return context.put(TraceContext.class, this);
    }

    /** What is sent to another process: its span becomes a child of this one. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    /** A higher version may have more fields after a dash, and is read like version 00. */
    private static boolean isValid(String traceparent) {
        if (traceparent.length() < LENGTH
                || traceparent.charAt(TRACE_ID - 1) != '-'
                || traceparent.charAt(SPAN_ID - 1) != '-'
                || traceparent.charAt(FLAGS - 1) != '-'
                || traceparent.startsWith("ff")) {
            return false;
        }
        boolean end =
                traceparent.length() == LENGTH || (!traceparent.startsWith("00") && traceparent.charAt(LENGTH) == '-');
        return end
                && isHex(traceparent, 0, TRACE_ID - 1)
                && isHex(traceparent, TRACE_ID, SPAN_ID - 1)
                && isHex(traceparent, SPAN_ID, FLAGS - 1)
                && isHex(traceparent, FLAGS, LENGTH)
                && !traceparent.startsWith(NO_TRACE_ID, TRACE_ID)
                && !traceparent.startsWith(NO_SPAN_ID, SPAN_ID);
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static String newSpanId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
