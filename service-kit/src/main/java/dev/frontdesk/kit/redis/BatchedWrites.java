package dev.frontdesk.kit.redis;

import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * Sends the commands that are ready at the same time with one system call. Event loops of HTTP hand over one command
 * each, and Lettuce would flush after every one. A command that is alone is sent at once.
 *
 * @param next adds the other handlers
 */
record BatchedWrites(NettyCustomizer next) implements NettyCustomizer {

    /** More commands than this are sent in several parts, so that the server can begin. */
    private static final int MOST = 64;

    @Override
    public void afterChannelInitialized(Channel channel) {
        // Behind TLS, so that one record has all commands.
        String lettuce = channel.pipeline().context(CommandEncoder.class).name();
        channel.pipeline().addBefore(lettuce, "batched-writes", new FlushConsolidationHandler(MOST, true));
        next.afterChannelInitialized(channel);
    }
}
