package dev.frontdesk.kit.postgres;

import io.netty.channel.EventLoopGroup;
import org.springframework.beans.factory.DisposableBean;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of the connections to PostgreSQL. Each new connection gets the next loop. By default it would stay on
 * the loop that happens to open it, and one loop could serve most of a pool.
 */
public final class PostgresEventLoops implements DisposableBean {

    private static final int LEAST = 2;

    private final LoopResources loops = LoopResources.create(
            "postgres",
            LoopResources.DEFAULT_IO_SELECT_COUNT,
            Math.max(LEAST, Runtime.getRuntime().availableProcessors()),
            true,
            false);

    PostgresEventLoops() {}

    LoopResources resources() {
        return loops;
    }

    /** The group of all these loops. */
    public EventLoopGroup group() {
        return loops.onClient(LoopResources.DEFAULT_NATIVE);
    }

    @Override
    public void destroy() {
        loops.dispose();
    }
}
