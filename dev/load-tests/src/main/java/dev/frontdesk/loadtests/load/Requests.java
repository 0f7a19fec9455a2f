package dev.frontdesk.loadtests.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** The bytes of HTTP/1.1 requests, made before the load so that sending one costs little. For one thread. */
public interface Requests {

    /** A prime, so that all numbers are used. */
    int STRIDE = 611_953;

    /** The next request, which the caller releases. */
    ByteBuf next();

    /** How many there are; usually no end. */
    default long number() {
        return Long.MAX_VALUE;
    }

    /** Each of these once. */
    static Requests once(List<byte[]> requests) {
        Requests all = inTurn(requests);
        return new Requests() {
            @Override
            public ByteBuf next() {
                return all.next();
            }

            @Override
            public long number() {
                return requests.size();
            }
        };
    }

    /** All of these in turn. */
    static Requests inTurn(List<byte[]> requests) {
        var turn = new Object() {
            int next;
        };
        return () -> {
            turn.next = turn.next + 1 == requests.size() ? 0 : turn.next + 1;
            return Unpooled.wrappedBuffer(requests.get(turn.next));
        };
    }

    /**
     * Requests that are made when they are sent, because all of them together are too large.
     *
     * @param request makes the request of a number from 0; successive numbers are far apart
     */
    static Requests numbered(int count, IntFunction<byte[]> request) {
        var turn = new Object() {
            long number;
        };
        return () -> {
            turn.number = (turn.number + STRIDE) % count;
            return Unpooled.wrappedBuffer(request.apply((int) turn.number));
        };
    }

    static Requests always(byte[] request) {
        return inTurn(List.of(request));
    }

    /** One request with these headers, and with Content-Length if the body is not empty. */
    static byte[] bytes(String method, String path, Map<String, String> headers, String body) {
        var text = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        new TreeMap<>(headers)
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        if (!body.isEmpty()) {
            text.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] get(String path, Map<String, String> headers) {
        return bytes("GET", path, headers, "");
    }
}
