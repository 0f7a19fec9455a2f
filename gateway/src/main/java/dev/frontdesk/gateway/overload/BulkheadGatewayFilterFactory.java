package dev.frontdesk.gateway.overload;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.support.HasRouteId;
import org.springframework.stereotype.Component;

/**
 * {@code Bulkhead=session-service}: bounds the requests that this service has at once. {@code Bulkhead=waiting}: bounds those
 * that wait for something to happen, apart from all others.
 */
@Component
final class BulkheadGatewayFilterFactory extends AbstractGatewayFilterFactory<BulkheadGatewayFilterFactory.Config> {

    private static final String WAITING = "waiting";

    private final Overload overload;

    BulkheadGatewayFilterFactory(Overload overload) {
        super(Config.class);
        this.overload = overload;
    }

    /** Routes with the same name share one bulkhead. */
    static final class Config implements HasRouteId {

        private String name = "";
        private @Nullable String routeId;

        public void setName(String name) {
            this.name = name;
        }

        @Override
        public @Nullable String getRouteId() {
            return routeId;
        }

        @Override
        public void setRouteId(String routeId) {
            this.routeId = routeId;
        }
    }

    @Override
    public List<String> shortcutFieldOrder() {
        return List.of("name");
    }

    @Override
    public GatewayFilter apply(Config config) {
        InFlight requests = config.name.equals(WAITING)
                ? overload.waiting(config.routeId)
                : overload.service(config.name, config.routeId);
        return (exchange, chain) -> requests.bounded(chain.filter(exchange));
    }
}
