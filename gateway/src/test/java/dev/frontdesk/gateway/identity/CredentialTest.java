package dev.frontdesk.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.kit.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class CredentialTest {

    private static final String TOKEN = "fds_17_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";
    private static final String KEY = "fdo_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";

    private final HttpHeaders headers = new HttpHeaders();

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(Credential.in(headers)).isEqualTo(new Credential.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER   "})
    void findsASessionToken(String scheme) {
        headers.set("Authorization", scheme + TOKEN);

        assertThat(Credential.in(headers))
                .isEqualTo(new Credential.SessionToken(TOKEN, Credential.Carrier.AUTHORIZATION));
    }

    @Test
    void findsAnApiKeyInEitherHeader() {
        headers.set("Authorization", "Bearer " + KEY);
        assertThat(Credential.in(headers)).isEqualTo(new Credential.ApiKey(KEY));

        headers.set("Authorization", "Basic of-another-client");
        headers.set("X-API-Key", KEY);
        assertThat(Credential.in(headers)).isEqualTo(new Credential.ApiKey(KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Bearer",
                "Bearer ",
                "Basic dXNlcjpwYXNz",
                "fds_17_secret",
                "Bearer something-else",
                "Bearer fds_",
                "Bearer " + TOKEN + " b",
                "Bearer " + TOKEN + ",Bearer " + TOKEN,
                "Bearer " + TOKEN + "\u00e9",
                "Bearer FDS_17_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE",
            })
    void refusesWhatIsThereAndIsNoCredentialOfOurs(String authorization) {
        headers.set("Authorization", authorization);

        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fds_*",
                "fds__*",
                "fds_17*",
                "fds_17_",
                "fds_17_short",
                "fds_64_*",
                "fds_99_*",
                "fds_017_*",
                "fds_00_*",
                "fds_-1_*",
                "fds_a_*",
                "fds_17_*a",
                "fds_17_*=",
                "fds_17_17_*",
                "fds_17_~*",
            })
    void looksUpNoTokenThatSessionServiceNeverIssues(String form) {
        String offered = form.replace("*", "a".repeat(43));

        headers.set("Authorization", "Bearer " + offered);
        assertRefused();
        headers.clear();
        headers.set("Cookie", "__Host-frontdesk-session=" + offered);
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 17, 59, 60, 63})
    void takesATokenOfEveryPartition(int partition) {
        String token = "fds_" + partition + "_-_" + "aZ0".repeat(13) + "09";
        headers.set("Authorization", "Bearer " + token);

        assertThat(Credential.in(headers))
                .isEqualTo(new Credential.SessionToken(token, Credential.Carrier.AUTHORIZATION));
    }

    @Test
    void refusesAnEndlessToken() {
        headers.set("Authorization", "Bearer " + TOKEN + "a".repeat(5000));

        assertRefused();
    }

    @Test
    void refusesTwoOfThem() {
        headers.add("Authorization", "Bearer " + TOKEN);
        headers.add("Authorization", "Bearer " + TOKEN);

        assertRefused();
    }

    @Test
    void findsASessionCookieAmongOthers() {
        headers.add("Cookie", "theme=dark; __Host-frontdesk-session=" + TOKEN + ";other=a=b");
        headers.add("Cookie", "x=__Host-frontdesk-session=no; X__Host-frontdesk-session=" + TOKEN);

        assertThat(Credential.in(headers)).isEqualTo(new Credential.SessionToken(TOKEN, Credential.Carrier.COOKIE));
        assertThat(Credential.shownIn(headers)).isEqualTo(new Credential.None());
    }

    @Test
    void prefersHeadersToCookies() {
        headers.add("Cookie", "__Host-frontdesk-session=" + TOKEN);

        headers.set("Authorization", "Bearer " + KEY);
        assertThat(Credential.in(headers)).isEqualTo(new Credential.ApiKey(KEY));
        headers.set("Authorization", "Basic dXNlcjpwYXNz");
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fds_",
                "\"" + TOKEN + "\"",
                "fdo_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE",
                TOKEN + "; __Host-frontdesk-session=" + TOKEN,
                TOKEN + "; b=c;__Host-frontdesk-session=",
            })
    void refusesASessionCookieThatIsNoneOrOneOfTwo(String value) {
        headers.add("Cookie", "__Host-frontdesk-session=" + value);

        assertRefused();
    }

    @Test
    void refusesTwoSessionCookiesInTwoHeaders() {
        headers.add("Cookie", "__Host-frontdesk-session=" + TOKEN);
        headers.add("Cookie", "__Host-frontdesk-session=" + TOKEN);

        assertRefused();
    }

    @Test
    void doesNotTellTheSecret() {
        assertThat(new Credential.SessionToken(TOKEN, Credential.Carrier.AUTHORIZATION).toString())
                .doesNotContain(TOKEN);
        assertThat(new Credential.ApiKey(KEY).toString()).doesNotContain(KEY);
        assertThat(new OperatorKey(KEY).toString()).doesNotContain(KEY);
    }

    private void assertRefused() {
        assertThatThrownBy(() -> Credential.in(headers))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.getStatusCode().value()).isEqualTo(401));
    }
}
