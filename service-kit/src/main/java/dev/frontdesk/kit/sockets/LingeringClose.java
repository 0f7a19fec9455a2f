package dev.frontdesk.kit.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes our half of a connection and discards further input until the peer closes its half or the time is over. After
 * a maximum number of bytes it stops reading, so that the peer must wait. With an immediate close, TCP would answer
 * later input with a reset, and the peer would lose what it has not read yet.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private long thrownAway;
    private @Nullable Future<?> end;

    /** TLS has its own closing message. */
    static boolean canLinger(Channel channel) {
        return channel instanceof DuplexChannel duplex
                && channel.isActive()
                && !duplex.isOutputShutdown()
                && channel.pipeline().get(SslHandler.class) == null;
    }

    /** Replaces a close. Completes the promise when the connection is closed. */
    static void begin(Channel channel, ChannelPromise promise) {
        channel.closeFuture().addListener(_ -> promise.trySuccess());
        channel.pipeline().addFirst(new LingeringClose());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        end = context.executor().schedule(() -> context.close(), LONGEST.toNanos(), TimeUnit.NANOSECONDS);
        ((DuplexChannel) context.channel()).shutdownOutput();
        context.channel().config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        thrownAway += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (thrownAway > MOST_BYTES) {
            // A close with unread input causes a reset; until then, the peer has time to read our data.
            context.channel().config().setAutoRead(false);
        }
    }

    /** Requests the next read itself, because another handler may have stopped reading. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (thrownAway <= MOST_BYTES) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (end != null) {
            end.cancel(false);
        }
        context.fireChannelInactive();
    }
}
