package dev.frontdesk.notification;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.warmup.WarmUpRequest;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads from PostgreSQL before the service is ready. */
@Configuration(proxyBeanMethods = false)
class NotificationWarmUp {

    @Bean
    WarmUpRequest warmUpOfQueues(IdentityAssertions assertions) {
        return WarmUpRequest.get(
                "/api/v1/queues/stats",
                () -> Map.of(Headers.IDENTITY, assertions.sign(new Caller.Operator(TenantId.DEFAULT))));
    }

    @Bean
    WarmUpRequest warmUpOfReports(IdentityAssertions assertions) {
        return WarmUpRequest.get(
                "/api/v1/reports",
                () -> Map.of(Headers.IDENTITY, assertions.sign(new Caller.Operator(TenantId.DEFAULT))));
    }
}
