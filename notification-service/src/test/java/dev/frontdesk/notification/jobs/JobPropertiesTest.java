package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class JobPropertiesTest {

    @Test
    void codesHaveAGuardAndOtherMailsARate() throws IOException {
        var properties = bind(Map.of());

        assertThat(properties.of("email-codes").rateLimit()).isEqualTo(1_000);
        assertThat(properties.of("email").rateLimit()).isEqualTo(100);
    }

    @Test
    void aVariableSetsTheRateOfAQueueWithAHyphen() throws IOException {
        var properties = bind(Map.of("FRONTDESK_NOTIFICATION_JOBS_QUEUES_EMAILCODES_RATELIMIT", "7"));

        assertThat(properties.of("email-codes").rateLimit()).isEqualTo(7);
    }

    private static JobProperties bind(Map<String, Object> variables) throws IOException {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(sources::addLast);
        return Binder.get(environment)
                .bind("frontdesk.notification.jobs", JobProperties.class)
                .get();
    }
}
