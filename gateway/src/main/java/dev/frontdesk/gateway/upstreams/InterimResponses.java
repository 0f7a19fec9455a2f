package dev.frontdesk.gateway.upstreams;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops interim responses (RFC 9110, section 15.2), such as 103 with links to load early: a client may ignore them, and Reactor
 * Netty would take one for the whole response. 101 is the answer to an upgrade.
 */
final class InterimResponses extends ChannelInboundHandlerAdapter {

    static final String NAME = "frontdesk.interim-responses";

    private static final int SWITCHING_PROTOCOLS = 101;

    private boolean interim;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                    && response.status().code() != SWITCHING_PROTOCOLS;
        }
        if (!interim) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            interim = false;
        }
        if (!context.channel().config().isAutoRead()) {
            context.read();
        }
    }
}
