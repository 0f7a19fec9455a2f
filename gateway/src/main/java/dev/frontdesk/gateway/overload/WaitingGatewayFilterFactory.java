package dev.frontdesk.gateway.overload;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.stereotype.Component;

/** {@code Waiting}: bounds the requests that wait for something to happen, apart from all others. */
@Component
final class WaitingGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {

    private final Overload overload;

    WaitingGatewayFilterFactory(Overload overload) {
        super(Object.class);
        this.overload = overload;
    }

    @Override
    public GatewayFilter apply(Object config) {
        return (exchange, chain) -> overload.waiting().bounded(chain.filter(exchange));
    }
}
