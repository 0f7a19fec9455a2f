package dev.frontdesk.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "a.b+c_d-e@mail.example.co.uk", "o'neill@example.org", "x@localhost"})
    void takesWhatSmtpCanCarry(String address) {
        assertThat(MailAddress.of(address)).hasToString(address);
    }

    @Test
    void writesADomainInAscii() {
        assertThat(MailAddress.of("ada@bücher.example")).hasToString("ada@xn--bcher-kva.example");
    }

    @Test
    void isMaskedForLogs() {
        assertThat(MailAddress.of("ada@example.org").masked()).isEqualTo("a***@example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "ada@",
                "@example.org",
                "ada@example.org\r\nBcc: eve@example.org",
                "ada@example.org\n",
                "ada@example.org, eve@example.org",
                "ada@example.org>\r\nRCPT TO:<eve@example.org",
                "Ada <ada@example.org>",
                "ada@example.org (eve)",
                "ada b@example.org",
                "\"ada b\"@example.org",
                "ada@eve@example.org",
                "ayşe@example.org",
                "ada@exa mple.org",
                "ada@-example-.org",
                "ada@example.org\u0000"
            })
    void refusesWhatCouldBeReadAsMore(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.of(address))
                .withMessageNotContaining("example");
    }
}
