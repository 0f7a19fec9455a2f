package dev.frontdesk.gateway.tracing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Receives spans as a collector does: OTLP over HTTP, in protobuf. */
final class SpanCollector implements AutoCloseable {

    private static final int LENGTH_DELIMITED = 2;

    /** @param text the name and the attributes */
    record ReceivedSpan(String traceId, String spanId, String text) {}

    private final List<ReceivedSpan> received = new CopyOnWriteArrayList<>();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> request.receive()
                    .aggregate()
                    .asByteArray()
                    .doOnNext(this::receive)
                    .then(Mono.defer(() -> response.status(200).send().then())))
            .bindNow();

    String url() {
        return "http://127.0.0.1:" + server.port() + "/v1/traces";
    }

    List<ReceivedSpan> spans() {
        return List.copyOf(received);
    }

    List<ReceivedSpan> spansOf(String traceId) {
        return received.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    private void receive(byte[] request) {
        each(ByteBuffer.wrap(request), (field, resourceSpans) -> {
            if (field == 1) {
                each(resourceSpans, (inResource, scopeSpans) -> {
                    if (inResource == 2) {
                        each(scopeSpans, (inScope, span) -> {
                            if (inScope == 2) {
                                received.add(span(span));
                            }
                        });
                    }
                });
            }
        });
    }

    private static ReceivedSpan span(ByteBuffer span) {
        var ids = new String[2];
        var text = new StringJoiner(" ");
        each(span, (field, value) -> {
            switch (field) {
                case 1, 2 -> ids[field - 1] = HexFormat.of().formatHex(bytes(value));
                case 5 -> text.add(new String(bytes(value), StandardCharsets.UTF_8));
                case 9 -> text.add(attribute(value));
                default -> {}
            }
        });
        return new ReceivedSpan(ids[0], ids[1], text.toString());
    }

    private static String attribute(ByteBuffer attribute) {
        var text = new StringJoiner("=");
        each(attribute, (field, value) -> {
            if (field == 1) {
                text.add(new String(bytes(value), StandardCharsets.UTF_8));
            } else {
                each(value, (_, string) -> text.add(new String(bytes(string), StandardCharsets.UTF_8)));
            }
        });
        return text.toString();
    }

    /** Passes the length-delimited fields of a message on, with their numbers. */
    private static void each(ByteBuffer message, BiConsumer<Integer, ByteBuffer> field) {
        while (message.hasRemaining()) {
            int tag = (int) varint(message);
            switch (tag & 7) {
                case 0 -> varint(message);
                case 1 -> message.position(message.position() + Long.BYTES);
                case LENGTH_DELIMITED -> {
                    int length = (int) varint(message);
                    field.accept(tag >> 3, message.slice(message.position(), length));
                    message.position(message.position() + length);
                }
                case 5 -> message.position(message.position() + Integer.BYTES);
                default -> throw new IllegalArgumentException("Not protobuf: wire type " + (tag & 7));
            }
        }
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static byte[] bytes(ByteBuffer value) {
        var bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
