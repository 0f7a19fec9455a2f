package dev.frontdesk.kit.identity;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.HandlerMapping;

/** Identifies callers by their assertions, and enforces the permission table, in every service that requires assertions. */
@AutoConfiguration(after = IdentityAutoConfiguration.class)
@ConditionalOnProperty(name = "frontdesk.identity.verify", matchIfMissing = true)
@Import(GuardedControllers.class)
public class AccessAutoConfiguration {

    @Bean
    Admission admission(IdentityAssertions assertions, Permissions permissions) {
        return new Admission(assertions, permissions);
    }

    @Bean
    IdentityFilter identityFilter(Admission admission) {
        return new IdentityFilter(admission);
    }

    @Bean
    UnguardedMappings unguardedMappings(List<HandlerMapping> mappings, Permissions permissions) {
        return new UnguardedMappings(mappings, permissions);
    }
}
