package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Session;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A client that sends too much is refused for a while, and no other client. */
@WithStack
class LimitIT {

    private static final int MANY = 20 * LocalStack.ACCOUNT_CAPACITY;

    private final LocalStack stack;

    LimitIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void holdsBackOneAccount() {
        var eager = Person.withAccount(stack).logsIn();
        var other = Person.withAccount(stack).logsIn();

        var refused = usesUp(eager);

        refused.expectProblem(ProblemType.RATE_LIMITED);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(refused.header("RateLimit")).startsWith("\"burst\";r=0;");
        assertThat(refused.field("error")).isNotBlank();
        assertThat(refused.field("reason")).isEqualTo("burst");
        assertThat(refused.json().get("limit").asInt()).isEqualTo(LocalStack.ACCOUNT_CAPACITY);
        assertThat(refused.json().get("current").asInt()).isEqualTo(LocalStack.ACCOUNT_CAPACITY);
        assertThat(refused.json().get("retry_after").asText()).isEqualTo(refused.header("Retry-After"));

        other.list().expect(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> eager.list().status() == 200);
    }

    private static Answer usesUp(Session session) {
        return IntStream.range(0, MANY)
                .mapToObj(_ -> session.list())
                .filter(answer -> answer.status() != 200)
                .findFirst()
                .orElseThrow(() -> new AssertionError(MANY + " calls in a row, and none was refused"));
    }
}
