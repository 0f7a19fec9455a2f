package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A client that signs up invented people uses up only its own limit. */
@WithStack
class SignUpFloodIT {

    private static final int BURST = 10;
    private static final int FLOOD = 50;

    private final LocalStack stack;

    SignUpFloodIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void endsAfterItsBurstWhileOthersGetTheirCodes() {
        Instant start = Instant.now();
        List<Answer> flood = Stream.generate(() -> signUpFrom("127.66.0.1", Person.speaking(stack, "en")))
                .limit(FLOOD)
                .toList();

        assertThat(flood.subList(0, BURST)).allSatisfy(answer -> answer.expect(202));
        var refused = flood.stream().filter(answer -> answer.status() != 202).toList();
        // The bucket gets one token back every two minutes.
        long more = Duration.between(start, Instant.now()).dividedBy(Duration.ofMinutes(2)) + 1;
        assertThat(refused).hasSizeGreaterThanOrEqualTo((int) (FLOOD - BURST - more));
        assertThat(refused).allSatisfy(answer -> {
            answer.expectProblem(ProblemType.RATE_LIMITED);
            assertThat(answer.field("reason")).isEqualTo("client_limit");
            assertThat(answer.json().get("limit").asInt()).isEqualTo(BURST);
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 120);
        });

        var other = Person.speaking(stack, "en");
        signUpFrom("127.66.0.2", other).expect(202);
        other.proves(other.mail().code()).expect(201);
    }

    private static Answer signUpFrom(String client, Person person) {
        return person.registers("X-Forwarded-For", client);
    }
}
