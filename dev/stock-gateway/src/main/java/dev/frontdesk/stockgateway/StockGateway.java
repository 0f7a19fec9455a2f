package dev.frontdesk.stockgateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Two routes to one upstream, which UPSTREAM_URL names; one of them counts its requests in Redis, at REDIS_URL. */
@SpringBootApplication(proxyBeanMethods = false)
class StockGateway {

    static void main(String[] arguments) {
        SpringApplication.run(StockGateway.class, arguments);
    }

    /** One bucket per token, as our gateway has one per account. */
    @Bean
    KeyResolver tokens() {
        return exchange -> Mono.justOrEmpty(exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
    }
}
