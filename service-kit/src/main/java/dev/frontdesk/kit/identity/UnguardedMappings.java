package dev.frontdesk.kit.identity;

import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;

/**
 * Checks the mappings that {@link GuardedHandlers} does not find. A path that is mapped directly, such as a
 * WebSocket's, must have an entry in the table. Functional routes are not allowed, because their paths can't be read.
 */
final class UnguardedMappings implements SmartInitializingSingleton {

    private final List<HandlerMapping> mappings;
    private final Permissions permissions;

    UnguardedMappings(List<HandlerMapping> mappings, Permissions permissions) {
        this.mappings = mappings;
        this.permissions = permissions;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (HandlerMapping mapping : mappings) {
            if (mapping instanceof AbstractUrlHandlerMapping paths) {
                paths.getHandlerMap().keySet().forEach(path -> permissions.require("GET", path.getPatternString()));
            }
            if (mapping instanceof RouterFunctionMapping routes && routes.getRouterFunction() != null) {
                throw new IllegalStateException(
                        "Router functions can't be checked against the permission table: use a controller");
            }
        }
    }
}
