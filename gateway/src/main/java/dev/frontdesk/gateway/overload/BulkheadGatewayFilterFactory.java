package dev.frontdesk.gateway.overload;

import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.stereotype.Component;

/** {@code Bulkhead=session-service}: bounds the requests that this service has at once. */
@Component
final class BulkheadGatewayFilterFactory extends AbstractGatewayFilterFactory<BulkheadGatewayFilterFactory.Named> {

    private final Overload overload;

    BulkheadGatewayFilterFactory(Overload overload) {
        super(Named.class);
        this.overload = overload;
    }

    /** @param service routes with the same name share one bulkhead */
    record Named(String service) {}

    @Override
    public List<String> shortcutFieldOrder() {
        return List.of("service");
    }

    @Override
    public GatewayFilter apply(Named named) {
        InFlight requests = overload.service(named.service());
        return (exchange, chain) -> requests.bounded(chain.filter(exchange));
    }
}
