package dev.frontdesk.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionCookiesTest {

    private static final String TOKEN = "fds_17_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";

    @Test
    void belongToOneHostOverTls() {
        assertThat(SessionCookies.of(TOKEN, Duration.ofDays(30)))
                .extracting(Object::toString)
                .satisfiesExactly(
                        session -> assertThat(session)
                                .startsWith("__Host-frontdesk-session=" + TOKEN + "; Path=/; Max-Age=2592000; Expires=")
                                .endsWith("; Secure; HttpOnly; SameSite=Lax")
                                .doesNotContain("Domain"),
                        csrf -> assertThat(csrf)
                                .startsWith("__Host-frontdesk-csrf=" + CsrfToken.of(TOKEN)
                                        + "; Path=/; Max-Age=2592000; Expires=")
                                .endsWith("; Secure; SameSite=Strict")
                                .doesNotContain("Domain"));
        assertThat(SessionCookies.device("fdd_secret", Duration.ofDays(180)))
                .asString()
                .startsWith("__Host-frontdesk-device=fdd_secret; Path=/; Max-Age=15552000; Expires=")
                .endsWith("; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void areTakenBackWithTheAttributesThatTheyWereSetWith() {
        assertThat(SessionCookies.cleared())
                .extracting(Object::toString)
                .satisfiesExactly(
                        session -> assertThat(session)
                                .startsWith("__Host-frontdesk-session=; Path=/; Max-Age=0; ")
                                .endsWith("; Secure; HttpOnly; SameSite=Lax"),
                        csrf -> assertThat(csrf)
                                .startsWith("__Host-frontdesk-csrf=; Path=/; Max-Age=0; ")
                                .endsWith("; Secure; SameSite=Strict"));
    }

    @Test
    void theCsrfTokenBelongsToOneSession() {
        String other = TOKEN.replace("fds_17", "fds_18");

        assertThat(CsrfToken.of(TOKEN)).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(CsrfToken.of(other));
        assertThat(CsrfToken.matches(TOKEN, CsrfToken.of(TOKEN))).isTrue();
        assertThat(CsrfToken.matches(TOKEN, CsrfToken.of(other))).isFalse();
        assertThat(CsrfToken.matches(TOKEN, "")).isFalse();
        assertThat(CsrfToken.matches(TOKEN, CsrfToken.of(TOKEN) + "é")).isFalse();
    }
}
