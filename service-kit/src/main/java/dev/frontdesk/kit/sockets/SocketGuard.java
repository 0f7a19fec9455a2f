package dev.frontdesk.kit.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;

/**
 * Enforces the limits of one WebSocket, between its decoder and its handler.
 *
 * <p>Input: counts frames of every kind, in number and bytes, and the total of all fragments of a message. Output:
 * answers a ping when the socket is writable, and only the newest ping (RFC 6455, section 5.5.3); closes the socket
 * when a frame waits too long for a peer that does not read. A peer that exceeds a limit gets a close code. After that,
 * nothing more is read from it or written to it, and the connection is closed if the peer does not accept the close
 * frame.
 *
 * <p>Used only on the event loop of its channel.
 */
final class SocketGuard extends ChannelDuplexHandler {

    private static final Logger log = LoggerFactory.getLogger(SocketGuard.class);

    /** Each fragment costs some hundred bytes of memory, even if it is short. */
    private static final int MOST_FRAGMENTS = 128;

    private final SocketLimits limits;
    private final int longestMessage;
    private final boolean answersPings;
    private final Consumer<CloseStatus> closing;
    private final LongSupplier nanos;
    private final RateLimiter frames;
    private final RateLimiter bytes;

    private long messageBytes;
    private int fragments;

    private @Nullable ByteBuf unansweredPing;
    private boolean pongOnItsWay;

    private int unsent;
    private long waitsSince;
    private @Nullable Future<?> stallCheck;

    private boolean ended;
    private boolean closeFrameWritten;
    private boolean lingers;

    /**
     * @param longestMessage bytes of one message, in any number of fragments
     * @param answersPings whether this guard sends pongs; otherwise the handler does
     * @param closing sends the close frame
     * @param nanos a clock's nanoseconds
     */
    SocketGuard(
            SocketLimits limits,
            int longestMessage,
            boolean answersPings,
            Consumer<CloseStatus> closing,
            LongSupplier nanos) {
        this.limits = limits;
        this.longestMessage = longestMessage;
        this.answersPings = answersPings;
        this.closing = closing;
        this.nanos = nanos;
        long now = nanos.getAsLong();
        this.frames = new RateLimiter(limits.frames(), limits.framesPerSecond(), now);
        this.bytes = new RateLimiter(
                limits.bytes().toBytes(), limits.bytesPerSecond().toBytes(), now);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof WebSocketFrame frame) || frame instanceof CloseWebSocketFrame) {
            context.fireChannelRead(message);
            return;
        }
        CloseStatus broken = ended ? null : brokenBy(frame);
        if (broken != null) {
            end(context, broken);
        }
        if (ended) {
            frame.release();
            return;
        }
        if (answersPings && frame instanceof PingWebSocketFrame) {
            keepForAnswer(frame.content());
        }
        context.fireChannelRead(frame);
    }

    private @Nullable CloseStatus brokenBy(WebSocketFrame frame) {
        int length = frame.content().readableBytes();
        long now = nanos.getAsLong();
        if (!frames.take(1, now) || !bytes.take(length, now)) {
            return SocketCloses.TOO_MANY;
        }
        if (frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame) {
            return null;
        }
        boolean goesOn = frame instanceof ContinuationWebSocketFrame;
        messageBytes = goesOn ? messageBytes + length : length;
        fragments = goesOn ? fragments + 1 : 1;
        return messageBytes > longestMessage || fragments > MOST_FRAGMENTS ? SocketCloses.TOO_LONG : null;
    }

    private void keepForAnswer(ByteBuf payload) {
        ReferenceCountUtil.release(unansweredPing);
        unansweredPing = payload.retainedDuplicate();
    }

    /** Answers once for all pings that arrived together. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        answerPing(context);
        context.fireChannelReadComplete();
    }

    private void answerPing(ChannelHandlerContext context) {
        ByteBuf payload = unansweredPing;
        if (payload == null || pongOnItsWay || ended || closeFrameWritten) {
            return;
        }
        unansweredPing = null;
        pongOnItsWay = true;
        ChannelPromise written = context.newPromise();
        written.addListener(sent -> {
            pongOnItsWay = false;
            if (sent.isSuccess()) {
                answerPing(context);
            }
        });
        write(context, new PongWebSocketFrame(payload), written);
        flush(context);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof WebSocketFrame frame)) {
            context.write(message, promise);
            return;
        }
        if (closeFrameWritten) {
            // A frame after the close frame, or a second close frame.
            frame.release();
            promise.trySuccess();
            return;
        }
        if (frame instanceof CloseWebSocketFrame) {
            closeFrameWritten = true;
        } else if (ended) {
            frame.release();
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        if (unsent++ == 0) {
            waitsSince = nanos.getAsLong();
        }
        ChannelPromise own = promise.unvoid();
        own.addListener(_ -> {
            unsent--;
            waitsSince = nanos.getAsLong();
        });
        context.write(frame, own);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        if (unsent > 0 && stallCheck == null && !ended) {
            checkLater(context, limits.sendTimeout());
        }
    }

    private void checkLater(ChannelHandlerContext context, Duration wait) {
        stallCheck = context.executor().schedule(() -> checkStall(context), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void checkStall(ChannelHandlerContext context) {
        stallCheck = null;
        if (unsent == 0 || ended) {
            return;
        }
        Duration left = limits.sendTimeout().minusNanos(nanos.getAsLong() - waitsSince);
        if (left.isPositive()) {
            checkLater(context, left);
        } else {
            end(context, SocketCloses.TOO_SLOW);
        }
    }

    private void end(ChannelHandlerContext context, CloseStatus status) {
        log.debug("WebSocket closed with {}: {}", status.getCode(), status.getReason());
        ended = true;
        closing.accept(status);
        // Bypasses this handler's own close, because there is nothing left to wait for.
        context.executor().schedule(() -> context.close(), limits.closeWithin().toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * The peer may still be sending: an immediate close would cause a reset, and the peer would lose the close frame
     * (RFC 6455, 7.1.1).
     */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        Channel channel = context.channel();
        if (lingers) {
            channel.closeFuture().addListener(_ -> promise.trySuccess());
        } else if (unsent == 0 && LingeringClose.canLinger(channel)) {
            lingers = true;
            LingeringClose.begin(channel, promise);
        } else {
            context.close(promise);
        }
    }

    /**
     * The decoder has already written the close frame and closed. The exception is not passed on, because a peer must
     * not be able to cause stack traces.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            closeFrameWritten = true;
            if (!ended) {
                end(context, new CloseStatus(corrupted.closeStatus().code(), "protocol error"));
            }
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ReferenceCountUtil.release(unansweredPing);
        unansweredPing = null;
        if (stallCheck != null) {
            stallCheck.cancel(false);
        }
    }
}
