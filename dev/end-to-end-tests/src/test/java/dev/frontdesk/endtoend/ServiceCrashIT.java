package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import org.junit.jupiter.api.Test;

/** A killed service affects only its own routes; once it runs again, so do they. */
@WithStack
class ServiceCrashIT {

    private final LocalStack stack;

    ServiceCrashIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void affectsOnlyItsOwnRoutes() {
        var person = Person.withAccount(stack);
        var session = person.logsIn();
        stack.kill("CACHE");
        try {
            away(cache());
            session.list().expect(200);
            Person.speaking(stack, "en").registers().expect(202);
        } finally {
            stack.startAgain("CACHE");
        }
        stack.kill("REGISTRATION");
        try {
            away(Person.speaking(stack, "en").registers());
            away(person.triesToLogIn());
            session.list().expect(200);
            session.ticket();
        } finally {
            stack.startAgain("REGISTRATION");
        }
        session.list().expect(200);
        person.logsIn();
        cache().expectProblem(ProblemType.NOT_FOUND);
    }

    private Answer cache() {
        return new Gateway(stack.gatewayUrl()).get("/api/v1/cache/n/nothing", "X-API-Key", stack.operatorKey());
    }

    private static void away(Answer answer) {
        answer.expectProblem(ProblemType.UNAVAILABLE);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }
}
