package dev.frontdesk.gateway.identity;

import static dev.frontdesk.gateway.identity.SessionFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.CsrfToken;
import dev.frontdesk.kit.web.ProblemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class SameOriginCheckTest {

    private final SameOriginCheck sameOriginCheck = new SameOriginCheck(
            new BrowserProperties(Set.of("https://Shop.example.org")), "https://tenant.example"::equals);
    private final HttpHeaders headers = new HttpHeaders();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "same-origin, -,                        api.example.org",
                "none,        -,                        api.example.org",
                "same-origin, https://api.example.org,  api.example.org",
                "-,           https://api.example.org,  api.example.org",
                "-,           https://API.example.org,  Api.example.org",
                "-,           https://a.org:8443,       a.org:8443",
                "-,           http://localhost:8080,    localhost:8080",
                "-,           http://127.0.0.1:8080,    127.0.0.1:8080",
                "-,           http://[::1]:8080,        [::1]:8080",
                "-,           https://shop.example.org, api.example.org",
                "same-site,   https://shop.example.org, api.example.org",
                "cross-site,  https://shop.example.org, api.example.org",
            })
    void knowsItsOwn(@Nullable String site, @Nullable String origin, @Nullable String host) {
        assertThat(sameOriginCheck.sent(headers(site, origin, host))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,           -,                            api.example.org",
                "same-site,   -,                            api.example.org",
                "cross-site,  -,                            api.example.org",
                "cross-site,  https://api.example.org,      api.example.org",
                "Same-Origin, -,                            api.example.org",
                "'',          -,                            api.example.org",
                "-,           null,                         api.example.org",
                "-,           '',                           api.example.org",
                "-,           https://evil.example,         api.example.org",
                "-,           https://api.example.org.evil, api.example.org",
                "-,           https://api.example.org:8443, api.example.org",
                "-,           http://api.example.org,       api.example.org",
                "-,           http://shop.example.org,      api.example.org",
                "-,           http://localhost.evil:8080,   localhost.evil:8080",
                "-,           http://localhost:8080,        localhost:9090",
                "-,           https://api.example.org,      -",
            })
    void refusesOtherOrigins(@Nullable String site, @Nullable String origin, @Nullable String host) {
        assertThat(sameOriginCheck.sent(headers(site, origin, host))).isFalse();
    }

    @Test
    void refusesRepeatedHeaders() {
        headers.add("Sec-Fetch-Site", "same-origin");
        headers.add("Sec-Fetch-Site", "same-origin");
        assertThat(sameOriginCheck.sent(headers)).isFalse();

        headers.remove("Sec-Fetch-Site");
        headers.add("Origin", "https://shop.example.org");
        headers.add("Origin", "https://shop.example.org");
        assertThat(sameOriginCheck.sent(headers)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void asksNothingOfRequestsThatChangeNothing(String method) {
        assertThatCode(() -> check(method)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "TRACE", "PURGE"})
    void requiresOriginAndTokenFirst(String method) {
        assertRefused(method);

        headers.set("Sec-Fetch-Site", "same-origin");
        assertRefused(method);

        headers.set("X-CSRF-Token", CsrfToken.of(TOKEN));
        assertThatCode(() -> check(method)).doesNotThrowAnyException();

        headers.set("Sec-Fetch-Site", "cross-site");
        assertRefused(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", TOKEN})
    void takesNoOtherToken(String token) {
        headers.set("Sec-Fetch-Site", "same-origin");
        headers.set("X-CSRF-Token", token);
        assertRefused("POST");

        headers.set("X-CSRF-Token", CsrfToken.of(TOKEN.replace("fds_17", "fds_18")));
        assertRefused("POST");
        headers.set("X-CSRF-Token", CsrfToken.of(TOKEN));
        headers.add("X-CSRF-Token", CsrfToken.of(TOKEN));
        assertRefused("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "shop.example.org", "https://", "https://shop.example.org/", "https://*.example.org", "null"
            })
    void startsWithNoOriginThatIsNone(String origin) {
        assertThatThrownBy(() -> new BrowserProperties(Set.of(origin))).isInstanceOf(IllegalArgumentException.class);
    }

    private HttpHeaders headers(@Nullable String site, @Nullable String origin, @Nullable String host) {
        set("Sec-Fetch-Site", site);
        set("Origin", origin);
        set("Host", host);
        return headers;
    }

    private void set(String name, @Nullable String value) {
        if (value != null) {
            headers.set(name, value);
        }
    }

    private void check(String method) {
        sameOriginCheck.check(
                MockServerHttpRequest.method(HttpMethod.valueOf(method), "/a")
                        .headers(headers)
                        .build(),
                TOKEN);
    }

    private void assertRefused(String method) {
        assertThatThrownBy(() -> check(method))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.FORBIDDEN));
    }
}
