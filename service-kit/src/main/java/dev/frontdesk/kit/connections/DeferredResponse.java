package dev.frontdesk.kit.connections;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A response that was sent while its request was still being decoded. It is held until all received bytes are decoded,
 * so that a request that has fully arrived does not look incomplete.
 */
final class DeferredResponse {

    private record Part(ChannelHandlerContext context, Object message, ChannelPromise promise) {}

    private @Nullable ArrayDeque<Part> parts;

    /** Writes one part to the next handler. */
    interface Writer {
        void write(ChannelHandlerContext context, Object message, ChannelPromise promise);
    }

    boolean isHolding() {
        return parts != null;
    }

    void hold(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (parts == null) {
            parts = new ArrayDeque<>();
        }
        parts.add(new Part(context, message, promise));
    }

    void release(Writer writer) {
        ArrayDeque<Part> waiting = parts;
        if (waiting == null) {
            return;
        }
        parts = null;
        waiting.forEach(part -> writer.write(part.context(), part.message(), part.promise()));
        waiting.getLast().context().flush();
    }

    void drop() {
        ArrayDeque<Part> waiting = parts;
        parts = null;
        if (waiting != null) {
            waiting.forEach(part -> {
                ReferenceCountUtil.release(part.message());
                part.promise().tryFailure(new ClosedChannelException());
            });
        }
    }
}
