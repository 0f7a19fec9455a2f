package dev.frontdesk.session.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginNameTest {

    @Test
    void isTheAddressByWhichTheAccountIsFound() {
        assertThat(LoginName.of(" Ada@Bücher.example").value()).isEqualTo("ada@xn--bcher-kva.example");
    }

    @Test
    void isLowerCaseWhereItIsNoAddress() {
        assertThat(LoginName.of(" ADMIN ")).isEqualTo(LoginName.of("admin"));
        assertThat(LoginName.of("İ\u202E")).isEqualTo(LoginName.of("İ\u202E"));
    }

    @Test
    void isShownNowhere() {
        assertThat(LoginName.of("ada@example.org").toString()).doesNotContain("ada");
        assertThat(LoginName.of("ada@example.org").hash()).hasSize(64);
    }
}
