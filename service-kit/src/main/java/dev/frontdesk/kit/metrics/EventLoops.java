package dev.frontdesk.kit.metrics;

import io.netty.util.concurrent.EventExecutorGroup;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Event loops whose delay is measured.
 *
 * @param name what they are for; the value of the label {@code loops}
 * @param group called when the application starts
 * @param release called with that group when the application stops; must not stop loops that others still use
 */
public record EventLoops(String name, Supplier<EventExecutorGroup> group, Consumer<EventExecutorGroup> release) {

    public EventLoops(String name, Supplier<EventExecutorGroup> group) {
        this(name, group, _ -> {});
    }
}
