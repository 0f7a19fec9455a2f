package dev.frontdesk.kit.connections;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** At most one scheduled task, on the connection's event loop. */
final class Deadline {

    private @Nullable Future<?> waiting;

    /** Does nothing if a task is already scheduled. */
    void start(ChannelHandlerContext context, Duration within, Runnable late) {
        if (waiting == null) {
            waiting = context.executor().schedule(late, within.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void restart(ChannelHandlerContext context, Duration within, Runnable late) {
        cancel();
        start(context, within, late);
    }

    void cancel() {
        if (waiting != null) {
            waiting.cancel(false);
            waiting = null;
        }
    }
}
