package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathRewriteTest {

    @ParameterizedTest
    @CsvSource({
        "'',      '',    /shop/a?b=c,       /shop/a?b=c",
        "/shop,   '',    /shop/a?b=c,       /a?b=c",
        "/shop,   '',    /shop,             /",
        "/shop,   '',    /shop/,            /",
        "/shop,   '',    /shop?b=c,         /?b=c",
        "/shop,   /v2,   /shop/a,           /v2/a",
        "/shop,   /v2,   /shop,             /v2",
        "'',      /v2,   /shop/a,           /v2/shop/a",
        "/shop/a, /v2/b, /shop/a/c,         /v2/b/c",
        // Clients may encode letters of the prefix; the rest stays as they have encoded it.
        "/shop,   '',    /%73hop/a%2Cb,     /a%2Cb",
        "/shop/a, /v2,   /s%68op/%61/c?d=e, /v2/c?d=e",
    })
    void asksForThePathOfTheApplication(String strip, String add, String requested, String target) {
        URI uri = URI.create("http://gateway" + requested);

        assertThat(new PathRewrite(strip, add).target(uri)).isEqualTo(target);
    }
}
