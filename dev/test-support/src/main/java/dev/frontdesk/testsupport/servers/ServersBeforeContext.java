package dev.frontdesk.testsupport.servers;

import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
import static org.springframework.test.context.TestContextAnnotationUtils.findMergedAnnotation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Puts the {@link TestEnvironment} of a {@link WithServers} test in the place of the process environment, so that it is
 * read and overridden in the same ways. Runs before all other post-processors, because they may parse its values.
 */
final class ServersBeforeContext implements EnvironmentPostProcessor, Ordered {

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        EndOfJvm.hasSpring();
        var testClass = application.getMainApplicationClass();
        var wanted = testClass == null ? null : findMergedAnnotation(testClass, WithServers.class);
        if (wanted != null) {
            var servers = TestEnvironment.of(Set.of(wanted.value()), Set.of(wanted.own()));
            environment.getPropertySources().addBefore(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new Source(servers));
        }
    }

    /**
     * Its name has the suffix that Spring Boot's binder expects of an environment: FRONTDESK_ENV then is also
     * frontdesk.env.
     */
    static final class Source extends SystemEnvironmentPropertySource {

        static final String NAME = "testServers-systemEnvironment";

        private final TestEnvironment servers;

        private Source(TestEnvironment servers) {
            super(NAME, variablesOf(servers));
            this.servers = servers;
        }

        /** A context of a test is not warmed up: its requests would count as those of the test. */
        private static Map<String, Object> variablesOf(TestEnvironment servers) {
            var variables = new HashMap<String, Object>(servers.variables());
            variables.put("FRONTDESK_WARMUP_ROUNDS", "0");
            return Map.copyOf(variables);
        }

        TestEnvironment servers() {
            return servers;
        }
    }
}
