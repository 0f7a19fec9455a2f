package dev.frontdesk.gateway.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection that does not begin with a handshake, before Netty would throw an exception that contains what was
 * sent: a plain request with its token. Sits in front of the handler of TLS until the handshake is complete. Netty bounds
 * the size (64 KB) and the time (10 s) of a handshake.
 */
final class HandshakeStart extends ChannelInboundHandlerAdapter {

    static final String NAME = "frontdesk.handshakeStart";

    /** The content type of a record (RFC 8446, section 5.1). */
    private static final int HANDSHAKE = 22;

    private boolean begun;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!begun && message instanceof ByteBuf bytes && bytes.isReadable()) {
            if (bytes.getByte(bytes.readerIndex()) != HANDSHAKE) {
                ReferenceCountUtil.release(message);
                context.close();
                return;
            }
            begun = true;
        }
        context.fireChannelRead(message);
    }

    /** A client that has closed its side can't complete a handshake. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            context.close();
        } else {
            context.fireUserEventTriggered(event);
        }
    }
}
