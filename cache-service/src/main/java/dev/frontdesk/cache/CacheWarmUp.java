package dev.frontdesk.cache;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.warmup.WarmUpRequest;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks for an entry before the service is ready. */
@Configuration(proxyBeanMethods = false)
class CacheWarmUp {

    @Bean
    WarmUpRequest missingEntry(IdentityAssertions assertions) {
        return WarmUpRequest.get(
                "/api/v1/cache/warm-up/missing",
                () -> Map.of(Headers.IDENTITY, assertions.sign(new Caller.Operator(TenantId.DEFAULT))));
    }
}
