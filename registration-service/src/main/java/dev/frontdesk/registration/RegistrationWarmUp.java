package dev.frontdesk.registration;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.warmup.WarmUpRequest;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads from PostgreSQL and Redis before the service is ready. */
@Configuration(proxyBeanMethods = false)
class RegistrationWarmUp {

    private static final String NO_ACCOUNT = "00000000-0000-4000-8000-000000000000";

    @Bean
    WarmUpRequest missingAccount(IdentityAssertions assertions) {
        return WarmUpRequest.get(
                "/api/v1/users/" + NO_ACCOUNT,
                () -> Map.of(Headers.IDENTITY, assertions.sign(new Caller.Operator(TenantId.DEFAULT))));
    }

    @Bean
    WarmUpRequest numberOfPendingRegistrations(IdentityAssertions assertions) {
        return WarmUpRequest.get(
                "/api/v1/admin/pending-registrations/count",
                () -> Map.of(Headers.IDENTITY, assertions.sign(new Caller.Operator(TenantId.DEFAULT))));
    }
}
