package dev.frontdesk.kit.sockets;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * For outgoing connections to a service that may still be sending when we close the socket. It ensures that the close
 * frame arrives; after a reset, the service would lose a frame that it has not read yet.
 */
public final class LingeringCloseHandler extends ChannelOutboundHandlerAdapter {

    private boolean lingers;

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (lingers) {
            context.channel().closeFuture().addListener(_ -> promise.trySuccess());
        } else if (LingeringClose.canLinger(context.channel())) {
            lingers = true;
            LingeringClose.begin(context.channel(), promise);
        } else {
            context.close(promise);
        }
    }
}
