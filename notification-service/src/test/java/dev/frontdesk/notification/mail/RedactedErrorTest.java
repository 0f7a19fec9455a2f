package dev.frontdesk.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactedErrorTest {

    @Test
    void keepsTheReplyWithoutTheAddress() {
        var reply = List.of("550 5.1.1 <ada@example.org>: user unknown, code 123456");

        assertThat(RedactedError.of(new SMTPException("recipient address not accepted", 550, reply, true)))
                .isEqualTo("SMTP: recipient address not accepted: 550 5.1.1 <***>: user unknown, code ***");
    }

    @Test
    void namesOtherErrorsByTheirClass() {
        assertThat(RedactedError.of(new ConnectException("Connection refused: /127.0.0.1:25")))
                .isEqualTo("ConnectException: Connection refused: /127.0.0.1:25");
    }

    @Test
    void isOneLineAndNotEndless() {
        assertThat(RedactedError.text("a\r\nb" + "x".repeat(1000)))
                .startsWith("a bx")
                .hasSize(200);
    }
}
