package dev.frontdesk.loadtests.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * Connections to one server that stay open, all on one thread, each with one request at a time. It costs a small part of
 * what a client library does, so that on a core of its own it does not limit the server.
 */
public final class Connections implements AutoCloseable {

    /** For responses after the end of a phase. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final LoopResources RESOURCES = LoopResources.create("load", 1, true);
    private static final EventLoopGroup LOOP = RESOURCES.onClient(true);

    private final List<Connection> connections = new ArrayList<>();

    private Connections() {}

    /** @param port on this machine */
    public static Connections open(int port, int number) {
        var all = new Connections();
        var bootstrap = new Bootstrap()
                .group(LOOP)
                .channelFactory(() -> RESOURCES.onChannel(SocketChannel.class, LOOP))
                .option(ChannelOption.TCP_NODELAY, true);
        for (int i = 0; i < number; i++) {
            var connection = new Connection();
            ChannelFuture connecting =
                    bootstrap.handler(connection).connect("127.0.0.1", port).syncUninterruptibly();
            connection.channel = connecting.channel();
            all.connections.add(connection);
        }
        return all;
    }

    /** Each connection sends the next request after a response. Ends early when there is no further request. */
    public Sent closed(Duration time, int status, Requests requests) {
        return run(Phase.closed(LOOP.next(), time, status, requests), time);
    }

    /** Each connection sends the next request after a response; after another status it rests first. */
    public Sent patient(Duration time, Duration rest, int status, Requests requests) {
        return run(Phase.patient(LOOP.next(), time, rest, status, requests), time);
    }

    /**
     * This many requests a second, whatever the responses take. Latencies are counted from the time at which the request
     * was due, so that a slow response also counts for the requests that it delays.
     */
    public Sent open(double rate, Duration time, int status, Requests requests) {
        return run(Phase.open(LOOP.next(), rate, time, status, requests), time);
    }

    private Sent run(Phase phase, Duration time) {
        LOOP.execute(() -> phase.start(connections));
        ScheduledFuture<?> end =
                LOOP.schedule(phase::giveUp, time.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        Sent sent = phase.done().join();
        end.cancel(false);
        return sent;
    }

    @Override
    public void close() {
        connections.forEach(connection -> connection.channel().close().syncUninterruptibly());
    }

    /** Only the thread of the connections uses it after it is open. */
    static final class Connection extends ChannelInboundHandlerAdapter {

        private @Nullable Channel channel;
        private @Nullable Phase phase;
        private @Nullable ByteBuf partial;
        private boolean waiting;
        private long since;

        private Channel channel() {
            if (channel == null) {
                throw new IllegalStateException("Not connected");
            }
            return channel;
        }

        void join(Phase joined) {
            phase = joined;
        }

        boolean isOpen() {
            return channel().isActive();
        }

        /** @param due the time from which the latency is counted, as in {@link System#nanoTime()} */
        void send(ByteBuf request, long due) {
            since = due;
            waiting = true;
            ChannelFuture written = channel().writeAndFlush(request);
            if (written.isDone() && !written.isSuccess()) {
                // The connection was closed before: it is not closed once more.
                end("connection closed", 0);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf received = (ByteBuf) message;
            ByteBuf all = partial == null ? received : partial.writeBytes(received);
            int status = waiting ? ResponseReader.read(all) : -1;
            if (status == 0) {
                if (partial == null) {
                    partial =
                            context.alloc().buffer(2 * received.readableBytes()).writeBytes(received);
                }
                received.release();
                return;
            }
            boolean more = all.isReadable();
            received.release();
            if (partial != null) {
                partial.release();
                partial = null;
            }
            if (more) {
                // Not HTTP/1.1: a response without a request.
                context.close();
            } else {
                end(Integer.toString(status), status);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (waiting) {
                end("connection closed", 0);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        private void end(String what, int status) {
            waiting = false;
            if (phase != null) {
                phase.ended(this, what, status, since);
            }
        }
    }
}
