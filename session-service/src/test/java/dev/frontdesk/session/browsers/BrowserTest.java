package dev.frontdesk.session.browsers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class BrowserTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String TOKEN = "fds_17_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";
    private static final HttpCookie DEVICE = new HttpCookie("__Host-frontdesk-device", "fdd_a");

    @Test
    void isNoneWithoutTheGatewaysWord() {
        var anonymous = browser(MockServerHttpRequest.post("/").build());

        assertThat(anonymous.holdsTheSession()).isFalse();
        assertThat(anonymous.deviceSecret()).isEmpty();
        assertThat(anonymous.end().isEmpty()).isTrue();
        assertThatThrownBy(anonymous::checkMayAskForCookies).isInstanceOf(ProblemException.class);
    }

    @Test
    void mayAskForCookiesFromAPageOfTheOwnSite() {
        var allowed = browser(with("allowed"));

        assertThatCode(allowed::checkMayAskForCookies).doesNotThrowAnyException();
        assertThat(allowed.holdsTheSession()).isFalse();
        assertThat(allowed.end().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"held", "", "Allowed", "allowed, held"})
    void mayNotAskWithAnyOtherWord(String word) {
        assertThatThrownBy(browser(with(word))::checkMayAskForCookies).isInstanceOf(ProblemException.class);
    }

    @Test
    void getsItsSessionForAsLongAsItLastsAtMost() {
        var cookies = browser(with("allowed")).session(TOKEN, NOW.plus(Duration.ofDays(3)));

        assertThat(cookies.get(HttpHeaders.SET_COOKIE))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie).contains("; Max-Age=259200; "))
                .anySatisfy(cookie -> assertThat(cookie).contains(TOKEN));
    }

    @Test
    void givesItsSessionBackIfItHeldOne() {
        var held = browser(with("held"));

        assertThat(held.holdsTheSession()).isTrue();
        assertThat(held.end().get(HttpHeaders.SET_COOKIE))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie).contains("=; ").contains("Max-Age=0"));
    }

    @Test
    void isKnownByOneSecretAndByNoneOfTwo() {
        var one = MockServerHttpRequest.post("/").cookie(DEVICE).build();
        var two = MockServerHttpRequest.post("/").cookie(DEVICE, DEVICE).build();

        assertThat(browser(one).deviceSecret()).contains("fdd_a");
        assertThat(browser(two).deviceSecret()).isEmpty();
        assertThat(browser(one).device("fdd_b", Duration.ofDays(180)).get(HttpHeaders.SET_COOKIE))
                .singleElement()
                .asString()
                .startsWith("__Host-frontdesk-device=fdd_b; Path=/; Max-Age=15552000; ");
    }

    private static MockServerHttpRequest with(String word) {
        return MockServerHttpRequest.post("/").header(Headers.COOKIES, word).build();
    }

    private static Browser browser(MockServerHttpRequest request) {
        return new Browser(request, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
