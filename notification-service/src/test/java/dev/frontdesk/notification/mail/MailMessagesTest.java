package dev.frontdesk.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.deliveries.Delivery;
import io.vertx.ext.mail.StartTLSOptions;
import io.vertx.ext.mail.mailencoder.MailEncoder;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailMessagesTest {

    private static final MailAddress ADA = MailAddress.of("ada@example.org");
    private static final Mail MAIL = new Mail("Doğrulama kodunuz", "Merhaba", "<p>Merhaba</p>");
    private static final MailProperties PROPERTIES = properties("Frontdesk <no-reply@mail.example.com>");

    @Test
    void hasTheSameMessageIdInEveryAttempt() {
        var id = UUID.randomUUID();

        assertThat(encoded(delivery(id, 1, null), MAIL))
                .contains("Message-ID: <" + id + "@mail.example.com>\n")
                .containsOnlyOnce("Message-ID");
        assertThat(encoded(delivery(id, 2, null), MAIL)).contains("Message-ID: <" + id + "@mail.example.com>\n");
    }

    @Test
    void namesTheTraceAndThatAMachineWroteIt() {
        var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertThat(encoded(delivery(UUID.randomUUID(), 1, trace), MAIL))
                .contains("X-Trace-Id: 4bf92f3577b34da6a3ce929d0e0e4736\n", "Auto-Submitted: auto-generated\n");
        assertThat(encoded(delivery(UUID.randomUUID(), 1, null), MAIL)).doesNotContain("X-Trace-Id");
    }

    @Test
    void refusesASecondLineInAHeader() {
        var delivery = delivery(UUID.randomUUID(), 1, null);
        for (var subject :
                new String[] {"Hello\nBcc: eve@example.org", "Hello\r\nBcc: eve@example.org", "Hello\u0000"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> encoded(delivery, new Mail(subject, "", "")));
        }
        var trace = "00-4bf92f3577b34da6a3ce929\r\nBcc: e@e.e-00f067aa0ba902b7-01";
        assertThatIllegalArgumentException().isThrownBy(() -> encoded(delivery(UUID.randomUUID(), 1, trace), MAIL));
    }

    @Test
    void refusesASenderThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> properties("Frontdesk"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties("Frontdesk <a@b.example\r\nBcc: e@e.example>"));
    }

    private static MailProperties properties(String from) {
        var second = Duration.ofSeconds(1);
        return new MailProperties(
                from, "127.0.0.1", 25, null, null, StartTLSOptions.OPTIONAL, 1, second, second, second, 1);
    }

    private static String encoded(Delivery delivery, Mail mail) {
        return new MailEncoder(MailMessages.message(delivery, ADA, mail, PROPERTIES), "host").encode();
    }

    private static Delivery delivery(UUID id, int attempt, @Nullable String traceparent) {
        return new Delivery(
                id, TenantId.DEFAULT, "verification-code", attempt, 3, attempt, null, "{}", null, traceparent);
    }
}
