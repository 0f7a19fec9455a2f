package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** No secret is written anywhere: not in a log, not on a topic, not in Redis. Runs last, and looks for those of all tests. */
@WithStack
@Order(Integer.MAX_VALUE)
class SecretsIT {

    private final LocalStack stack;

    SecretsIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void areNowhere() throws Exception {
        var person = Person.withAccount(stack);
        var session = person.logsIn().refreshes();
        var gateway = new Gateway(stack.gatewayUrl());
        // In the wrong place: refused, and not logged by the refusal either.
        gateway.get(Person.SESSIONS + "?token=" + session.token()).expect(400);
        gateway.get(Person.SESSIONS + "/" + session.token()).expect(400);
        try (var socket = session.socket(session.ticket())) {
            socket.next();
            session.logsOut().expect(204);
            socket.closeCode();
        }
        stack.operatorKey();

        assertThat(stack.traces().logsThatTell(List.of("Started")))
                .as("logs that can be read")
                .isNotEmpty();
        assertThat(stack.traces().dataThatTells(List.of(person.email())))
                .as("data that can be read")
                .isNotEmpty();
        assertThat(stack.traces().logsThatTell(stack.secrets())).isEmpty();
        assertThat(stack.traces().dataThatTells(longOnes(stack.secrets()))).isEmpty();
    }

    /** In binary data, six digits in a row may be anything. */
    private static List<String> longOnes(List<String> secrets) {
        return secrets.stream().filter(secret -> secret.length() > 6).toList();
    }
}
