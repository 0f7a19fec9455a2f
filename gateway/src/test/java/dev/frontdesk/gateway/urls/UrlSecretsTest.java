package dev.frontdesk.gateway.urls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSecretsTest {

    private static final String SECRET = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a?token=fds_17_*",
                "/a?x=1&y=before-fds_7_*-behind",
                "/a/fds_17_*/b",
                "/fdd_*",
                "/a?key=fdo_*",
                "/a#fdo_*",
                "http://host/a?fdo_*",
                "/a?%66ds_17_*",
                "/a?fds%5f17%5F*",
                "/a?fds%255F17%255F*",
                "/a?x=%zz&y=%66do_*%",
                "/a?access_token=anything",
                "/a?x=1&access_token",
                "/a?Access_Token=",
                "/a?access%5Ftoken=b",
                "/a?x=1;access_token=b",
            })
    void areFound(String target) {
        assertThat(UrlSecrets.areIn(target.replace("*", SECRET))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/ws?ticket=fdt_*",
                "/a?token=b&access_tokens=c&my_access_token=d",
                "/access_token?a=access_token",
                "/a/fds_17_short",
                "/a/fds_of_something_that_is_called_like_this_and_is_rather_long",
                "/a?x=%zz%",
                "/a%20b?c=%C3%A9",
            })
    void areNotSeenWhereNoneAre(String target) {
        assertThat(UrlSecrets.areIn(target.replace("*", SECRET))).isFalse();
    }
}
