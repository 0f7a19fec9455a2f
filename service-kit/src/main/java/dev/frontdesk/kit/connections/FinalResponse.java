package dev.frontdesk.kit.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.ssl.SslHandler;

/**
 * The end of a connection whose client may still be sending. A connection that is closed while something unread lies there
 * is reset, and the answer may be lost with it (RFC 9112, section 9.6): so only our side is closed first, a little of what
 * comes is thrown away, and the rest stays where it is until the time is over.
 */
final class FinalResponse {

    private final ConnectionProperties properties;
    private final Deadline deadline = new Deadline();
    private boolean early;
    private boolean given;
    private boolean lingering;
    private long discarded;

    FinalResponse(ConnectionProperties properties) {
        this.properties = properties;
    }

    /** An answer begins whose request is not complete. */
    void isEarly() {
        early = true;
    }

    boolean mayLinger() {
        return early;
    }

    /** Nothing else may be written. */
    boolean isGiven() {
        return given;
    }

    /** Writes an answer of our own, whatever the service may still say. */
    @SuppressWarnings("FutureReturnValueIgnored") // Whatever became of it, the connection ends.
    void give(ChannelHandlerContext context, FullHttpResponse answer) {
        early = true;
        given = true;
        context.writeAndFlush(answer).addListener(_ -> linger(context, context.newPromise()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It is the channel's end that counts.
    void linger(ChannelHandlerContext context, ChannelPromise promise) {
        Channel channel = context.channel();
        if (!channel.isActive()) {
            context.close(promise);
            return;
        }
        if (!promise.isVoid()) {
            channel.closeFuture().addListener(_ -> promise.trySuccess());
        }
        if (lingering) {
            return;
        }
        lingering = true;
        given = true;
        // TLS has a farewell of its own, which goes with the close.
        if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
            duplex.shutdownOutput();
        }
        deadline.start(context, properties.discardWithin(), context::close);
        channel.config().setAutoRead(true);
    }

    void discard(Channel channel, ByteBuf bytes) {
        discarded += bytes.readableBytes();
        bytes.release();
        if (discarded > properties.discardBytes().toBytes()) {
            channel.config().setAutoRead(false);
        }
    }

    void over() {
        deadline.cancel();
    }
}
