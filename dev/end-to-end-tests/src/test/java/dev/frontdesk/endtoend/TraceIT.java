package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One trace id from the first request to the mail. */
@WithStack
class TraceIT {

    private final LocalStack stack;

    TraceIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void runsThroughEveryServiceAndKafkaToTheMail() {
        var traceId = UUID.randomUUID().toString().replace("-", "");
        var person = Person.speaking(stack, "en");

        var answer = person.registers("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                .expect(202);

        assertThat(answer.header("X-Trace-Id")).isEqualTo(traceId);
        assertThat(person.mail().header("X-Trace-Id")).isEqualTo(traceId);
        for (var part : new String[] {"gateway", "registration", "notification"}) {
            await("a log line of " + part + " in trace " + traceId)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !stack.traces().logLines(part, traceId).isEmpty());
        }
    }
}
