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
 * Ends our half of a connection and throws away what still comes, until the peer ends its half or its time is over. Of a
 * peer that sends on and on no more is read after some bytes, so that it waits. TCP answers what comes after a close with a reset, and the peer forgets what it has not read by then.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private long thrownAway;
    private @Nullable Future<?> end;

    /** TLS has a farewell of its own. */
    static boolean canLinger(Channel channel) {
        return channel instanceof DuplexChannel duplex
                && channel.isActive()
                && !duplex.isOutputShutdown()
                && channel.pipeline().get(SslHandler.class) == null;
    }

    /** Instead of a close. The promise is kept when the connection is closed. */
    @SuppressWarnings("FutureReturnValueIgnored")
    static void begin(Channel channel, ChannelPromise promise) {
        channel.closeFuture().addListener(_ -> promise.trySuccess());
        channel.pipeline().addFirst(new LingeringClose());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void handlerAdded(ChannelHandlerContext context) {
        end = context.executor().schedule(() -> context.close(), LONGEST.toNanos(), TimeUnit.NANOSECONDS);
        ((DuplexChannel) context.channel()).shutdownOutput();
        context.channel().config().setAutoRead(true);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void channelRead(ChannelHandlerContext context, Object message) {
        thrownAway += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (thrownAway > MOST_BYTES) {
            // What lies there unread at a close is the reason of a reset: the peer has until the end to see ours.
            context.channel().config().setAutoRead(false);
        }
    }

    /** A handler that had stopped reading would stop this too. */
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
