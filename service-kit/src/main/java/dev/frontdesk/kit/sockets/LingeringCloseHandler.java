package dev.frontdesk.kit.sockets;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * For a connection of ours to a service that may still send when we close the socket: the close frame gets there, where a
 * reset would take it away from a service that has not read it yet.
 */
public final class LingeringCloseHandler extends ChannelOutboundHandlerAdapter {

    private boolean lingers;

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
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
