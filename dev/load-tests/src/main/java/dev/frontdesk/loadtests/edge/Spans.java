package dev.frontdesk.loadtests.edge;

import io.netty.buffer.ByteBuf;

/**
 * Counts the spans of an ExportTraceServiceRequest of OTLP (opentelemetry-proto, trace_service.proto) without a library
 * for Protocol Buffers: spans are nested in two length-delimited fields.
 */
final class Spans {

    /** ExportTraceServiceRequest.resource_spans, ResourceSpans.scope_spans, ScopeSpans.spans. */
    private static final int[] PATH = {1, 2, 2};

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private Spans() {}

    /** Reads the message to its end. */
    static int count(ByteBuf request) {
        return count(request, 0);
    }

    private static int count(ByteBuf message, int depth) {
        if (depth == PATH.length) {
            return 1;
        }
        int spans = 0;
        while (message.isReadable()) {
            long tag = varint(message);
            switch ((int) (tag & 7)) {
                case VARINT -> varint(message);
                case FIXED_64 -> message.skipBytes(Long.BYTES);
                case FIXED_32 -> message.skipBytes(Integer.BYTES);
                case LENGTH_DELIMITED -> {
                    ByteBuf field = message.readSlice((int) varint(message));
                    if (tag >>> 3 == PATH[depth]) {
                        spans += count(field, depth + 1);
                    }
                }
                default -> throw new IllegalArgumentException("Not a message of Protocol Buffers");
            }
        }
        return spans;
    }

    private static long varint(ByteBuf message) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = message.readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("Not a number of Protocol Buffers");
    }
}
