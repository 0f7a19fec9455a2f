package dev.frontdesk.kit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections that are open but no longer usable, so that Lettuce reconnects to the current master. These are
 * connections to a server that is frozen or unreachable and does not answer for a while, or to one that has become a
 * replica and rejects writes. Otherwise commands would time out until something else closed the connection. It closes
 * all connections to that server, not only the one that detected the problem: connections that only listen send no
 * commands and would never detect it. No command may block for longer than the allowed silence.
 */
final class DeadConnections implements NettyCustomizer {

    private static final Logger log = LoggerFactory.getLogger(DeadConnections.class);
    private static final byte[] READ_ONLY = "-READONLY".getBytes(US_ASCII);
    private static final int LOOKS = 4;

    private final long silence;
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /** @param silence how long a server may leave a command unanswered before it counts as down */
    DeadConnections(Duration silence) {
        this.silence = silence.toNanos();
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        // Between TLS and Lettuce, where the plain Redis protocol is visible.
        String lettuce = channel.pipeline().context(CommandEncoder.class).name();
        channel.pipeline().addBefore(lettuce, "dead-connections", new Watch());
    }

    private void giveUp(@Nullable SocketAddress server) {
        open.close(channel -> Objects.equals(channel.remoteAddress(), server));
    }

    /** Used only on its channel's event loop. */
    private final class Watch extends ChannelDuplexHandler {

        private boolean waits;
        private long waitsSince;
        private @Nullable Future<?> looks;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            open.add(context.channel());
            long pause = silence / LOOKS;
            looks = context.executor().scheduleWithFixedDelay(() -> look(context), pause, pause, TimeUnit.NANOSECONDS);
            context.fireChannelActive();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (looks != null) {
                looks.cancel(false);
            }
            context.fireChannelInactive();
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (!waits) {
                waits = true;
                waitsSince = System.nanoTime();
            }
            context.write(message, promise);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            waits = false;
            boolean refusesToWrite = message instanceof ByteBuf bytes && startsReadOnly(bytes);
            context.fireChannelRead(message);
            if (refusesToWrite) {
                log.warn("The Redis server has become a replica; reconnecting");
                giveUp(context.channel().remoteAddress());
            }
        }

        private void look(ChannelHandlerContext context) {
            if (waits && System.nanoTime() - waitsSince > silence) {
                log.warn("Redis did not answer for {} ms; reconnecting", NANOSECONDS.toMillis(silence));
                giveUp(context.channel().remoteAddress());
            }
        }

        /**
         * Checks only the first of several replies that arrive together; active clients will cause another such reply.
         */
        private boolean startsReadOnly(ByteBuf bytes) {
            if (bytes.readableBytes() < READ_ONLY.length) {
                return false;
            }
            for (int i = 0; i < READ_ONLY.length; i++) {
                if (bytes.getByte(bytes.readerIndex() + i) != READ_ONLY[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
