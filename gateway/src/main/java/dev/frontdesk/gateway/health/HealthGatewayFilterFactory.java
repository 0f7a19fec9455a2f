package dev.frontdesk.gateway.health;

import dev.frontdesk.kit.web.HandlerInput;
import java.time.Clock;
import java.util.Set;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code Health}: answers with the last health snapshot instead of forwarding the request. It is a filter of a route,
 * so that the same limits apply as for every other path.
 */
final class HealthGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {

    private static final String OF_REDIS = "/health/redis";
    private static final HandlerInput NOTHING = new HandlerInput(Set.of(), false);

    private final HealthPoller healthPoller;
    private final HealthProperties properties;
    private final String version;
    private final JsonMapper json;
    private final Clock clock;

    HealthGatewayFilterFactory(
            HealthPoller healthPoller, HealthProperties properties, String version, JsonMapper json, Clock clock) {
        super(Object.class);
        this.healthPoller = healthPoller;
        this.properties = properties;
        this.version = version;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public GatewayFilter apply(Object config) {
        return (exchange, _) -> NOTHING.check(exchange.getRequest()).then(Mono.defer(() -> answer(exchange)));
    }

    private Mono<Void> answer(ServerWebExchange exchange) {
        HealthPage healthPage = healthPoller.last().page(version, clock.instant(), properties.staleAfter());
        if (exchange.getRequest().getPath().value().equals(OF_REDIS)) {
            var redis = healthPage.redisAlone();
            return write(exchange, redis, redis.status() == HealthStatus.UNHEALTHY);
        }
        return write(exchange, healthPage, healthPage.status() == HealthStatus.UNHEALTHY);
    }

    private Mono<Void> write(ServerWebExchange exchange, Object body, boolean unhealthy) {
        var response = exchange.getResponse();
        response.setStatusCode(unhealthy ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setCacheControl(CacheControl.noStore());
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(json.writeValueAsBytes(body))));
    }
}
