package dev.frontdesk.gateway.pipeline;

import dev.frontdesk.kit.warmup.WarmUpRequest;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Passes requests through the limits, session-service and the reverse proxy before the gateway is ready. */
@Configuration(proxyBeanMethods = false)
class GatewayWarmUp {

    private static final String NO_SESSION = "fds_0_" + "A".repeat(43);

    @Bean
    WarmUpRequest requestOfNoSession() {
        return WarmUpRequest.get("/api/v1/sessions", () -> Map.of("Authorization", "Bearer " + NO_SESSION));
    }

    @Bean
    WarmUpRequest anonymousRequest() {
        return WarmUpRequest.get("/api/v1/cache/warm-up/missing", Map::of);
    }
}
