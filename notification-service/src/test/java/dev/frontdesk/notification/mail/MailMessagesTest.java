package dev.frontdesk.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.notification.emailtemplates.WrittenMail;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobFixture;
import io.vertx.ext.mail.StartTLSOptions;
import io.vertx.ext.mail.mailencoder.MailEncoder;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailMessagesTest {

    private static final MailAddress ADA = MailAddress.of("ada@example.org");
    private static final WrittenMail MAIL = new WrittenMail("Doğrulama kodunuz", "Merhaba", "<p>Merhaba</p>");
    private static final MailProperties PROPERTIES = properties("Frontdesk <no-reply@mail.example.com>");

    @Test
    void hasTheSameMessageIdInEveryAttempt() {
        var id = UUID.randomUUID();

        assertThat(encoded(job(id, 1, null), MAIL))
                .contains("Message-ID: <" + id + "@mail.example.com>\n")
                .containsOnlyOnce("Message-ID");
        assertThat(encoded(job(id, 2, null), MAIL)).contains("Message-ID: <" + id + "@mail.example.com>\n");
    }

    @Test
    void namesTheTraceAndThatAMachineWroteIt() {
        var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertThat(encoded(job(UUID.randomUUID(), 1, trace), MAIL))
                .contains("X-Trace-Id: 4bf92f3577b34da6a3ce929d0e0e4736\n", "Auto-Submitted: auto-generated\n");
        assertThat(encoded(job(UUID.randomUUID(), 1, null), MAIL)).doesNotContain("X-Trace-Id");
    }

    @Test
    void hasNoLineThatMailServersBreak() {
        String text = "word ".repeat(600) + "end";

        var source = encoded(job(UUID.randomUUID(), 1, null), new WrittenMail("Hello", text, "<p>" + text + "</p>"));

        assertThat(source.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(source.replace("=\n", "")).contains(text + "=C2=A0", "<p>" + text + "</p><!-- =C2=A0 -->");
    }

    @Test
    void refusesASecondLineInAHeader() {
        var job = job(UUID.randomUUID(), 1, null);
        for (var subject :
                new String[] {"Hello\nBcc: eve@example.org", "Hello\r\nBcc: eve@example.org", "Hello\u0000"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> encoded(job, new WrittenMail(subject, "", "")));
        }
        var trace = "00-4bf92f3577b34da6a3ce929\r\nBcc: e@e.e-00f067aa0ba902b7-01";
        assertThatIllegalArgumentException().isThrownBy(() -> encoded(job(UUID.randomUUID(), 1, trace), MAIL));
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
                from,
                "127.0.0.1",
                25,
                null,
                null,
                StartTLSOptions.OPTIONAL,
                1,
                1,
                second,
                second,
                second,
                1,
                second,
                1,
                0,
                second);
    }

    private static String encoded(Job job, WrittenMail mail) {
        return new MailEncoder(MailMessages.message(job, ADA, mail, PROPERTIES), "host").encode();
    }

    private static Job job(UUID id, int attempt, @Nullable String traceparent) {
        return JobFixture.job(id, "account.verification-requested", attempt, traceparent);
    }
}
