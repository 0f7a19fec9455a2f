package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.notification.jobs.BuiltInQueue.AddedBy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class BuiltInQueuesTest {

    private static final BuiltInQueue LETTERS = queue("paper-letters", AddedBy.SERVICE, QueueLimits.ofRate(1_000));

    @Test
    void sayWhoAddsJobsAndWhatTheirLimitsAre() {
        var queues = queues(Map.of(), LETTERS, queue("thoughts", AddedBy.CLIENTS, QueueLimits.NONE));

        assertThat(queues.names()).containsExactly("paper-letters", "thoughts");
        assertThat(queues.addedBy("paper-letters")).isEqualTo(AddedBy.SERVICE);
        assertThat(queues.addedBy("of-a-tenant")).isEqualTo(AddedBy.CLIENTS);
        assertThat(queues.defaults("paper-letters"))
                .isEqualTo(new QueueDefaults("paper-letters", 5, 1_000, null, Duration.ofMinutes(1)));
        assertThat(queues.defaults("of-a-tenant").rateLimit()).isNull();
    }

    @Test
    void areSetByTheConfigurationOneByOne() {
        var queues = queues(
                Map.of("FRONTDESK_NOTIFICATION_JOBS_QUEUES_LETTERS_CONCURRENCY", "7"),
                queue("letters", AddedBy.SERVICE, QueueLimits.ofRate(100)));

        assertThat(queues.defaults("letters").concurrency()).isEqualTo(7);
        assertThat(queues.defaults("letters").rateLimit()).isEqualTo(100);
    }

    @Test
    void areSetByAVariableThatHasNoHyphens() {
        var queues = queues(Map.of("FRONTDESK_NOTIFICATION_JOBS_QUEUES_PAPERLETTERS_RATELIMIT", "7"), LETTERS);

        assertThat(queues.defaults("paper-letters").rateLimit()).isEqualTo(7);
    }

    @Test
    void haveANameEach() {
        assertThatIllegalArgumentException().isThrownBy(() -> queues(Map.of(), LETTERS, LETTERS));
    }

    private static BuiltInQueue queue(String name, AddedBy addedBy, QueueLimits limits) {
        return new BuiltInQueue() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public AddedBy addedBy() {
                return addedBy;
            }

            @Override
            public QueueLimits limits() {
                return limits;
            }
        };
    }

    private static BuiltInQueues queues(Map<String, Object> variables, BuiltInQueue... queues) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        var properties = Binder.get(environment).bindOrCreate("frontdesk.notification.jobs", JobProperties.class);
        return new BuiltInQueues(List.of(queues), properties);
    }
}
