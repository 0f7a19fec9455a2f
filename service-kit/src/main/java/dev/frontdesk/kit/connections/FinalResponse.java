package dev.frontdesk.kit.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.ssl.SslHandler;

/**
 * Ends a connection whose client may still be sending. A close with unread input resets the connection, and the
 * response may be lost (RFC 9112, section 9.6). So only our side is closed first; a limited amount of input is read and
 * discarded, and the rest stays unread until the deadline.
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

    /** Marks that a response begins before its request is complete. */
    void isEarly() {
        early = true;
    }

    boolean mayLinger() {
        return early;
    }

    /** Whether nothing more may be written. */
    boolean isGiven() {
        return given;
    }

    /** Writes a response of our own, whatever the service still sends. */
    void give(ChannelHandlerContext context, FullHttpResponse answer) {
        early = true;
        given = true;
        context.writeAndFlush(answer).addListener(_ -> linger(context, context.newPromise()));
    }

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
        // TLS has its own closing message, which is sent with the close.
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
