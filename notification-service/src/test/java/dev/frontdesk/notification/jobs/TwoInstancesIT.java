package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.Instance;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.testsupport.servers.Smtp;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two whole services on the same table. */
@RunningService
class TwoInstancesIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int AT_ONCE = 15;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobRows rows;

    @Autowired
    private TestEnvironment environment;

    @Autowired
    private Smtp smtp;

    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));

    @Test
    void shareTheWorkAndDoNoneOfItTwice() {
        try (var second = Instance.start(environment)) {
            var theirs = second.bean(Jobs.class);
            var added = new AtomicInteger();
            // Fewer than the limit of a minute; either instance may be busy at first.
            await().atMost(SOON).until(() -> {
                int first = added.getAndAdd(AT_ONCE);
                var mails = IntStream.range(first, first + AT_ONCE)
                        .mapToObj(this::mail)
                        .toList();
                jobs.addAll(mails).then(theirs.addAll(mails)).block(SOON);
                await().atMost(SOON).until(() -> count("state = 'completed'") == added.get());
                return value("count(DISTINCT worker)").equals("2");
            });
            assertThat(value("max(attempts)")).isEqualTo("1");
            assertThat(IntStream.range(0, added.get())
                            .map(i -> smtp.messages(address(i)).size()))
                    .containsOnly(1);
        }
    }

    private NewJob mail(int number) {
        String payload = "{\"to\":\"" + address(number) + "\",\"first_name\":\"Ada\",\"locale\":\"en\"}";
        return NewJob.of(tenant, "email", "account.password-changed", payload).withKey("mail-" + number);
    }

    private String address(int number) {
        return tenant.value() + "-" + number + "@example.org";
    }

    private long count(String condition) {
        return Long.parseLong(value("count(*) FILTER (WHERE " + condition + ")"));
    }

    private String value(String expression) {
        return String.valueOf(
                rows.value("SELECT " + expression + " FROM notification.jobs WHERE tenant = ?", tenant.value()));
    }
}
