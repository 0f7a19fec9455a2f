package dev.frontdesk.session.introspection;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.warmup.WarmUpRequest;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks for a session before the service is ready. */
@Configuration(proxyBeanMethods = false)
class IntrospectionWarmUp {

    private static final String NO_SESSION = "fds_0_" + "A".repeat(43);

    @Bean
    WarmUpRequest introspectionOfNoSession(IdentityAssertions assertions) {
        return new WarmUpRequest(
                "POST",
                IntrospectionRequest.PATH,
                () -> Map.of(
                        Headers.IDENTITY,
                        assertions.sign(new Caller.Service(TenantId.DEFAULT, "gateway")),
                        "Content-Type",
                        "application/x-www-form-urlencoded"),
                IntrospectionRequest.TOKEN + "=" + NO_SESSION);
    }
}
