package dev.frontdesk.cache.operations;

import dev.frontdesk.kit.web.LargerBodies;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** A warm-up may name as many keys as it can, each as long as it can be, with some characters escaped. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

    /** What the gateway lets through to the cache. */
    private static final int LARGEST_WARM_UP = 1088 * 1024;

    @Bean
    LargerBodies largeWarmUps(JsonMapper json) {
        return new LargerBodies(WarmUpController.WarmUpRequest.class, LARGEST_WARM_UP, json);
    }
}
