package dev.frontdesk.gateway.urls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableUrlMaskingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/ws?ticket=a-b_c",
                "/a%20b?c=%C3%A9",
                "//host/a",
                "http://host/a",
                "*",
                "/a?b[]=1&c[d]=2",
                "/a:b@c!$&'()*+,;=~",
                "/a?b=/?:@",
            })
    void passesWhatSpringCanRead(String url) {
        assertThat(UnreadableUrlMasking.isReadable(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%zz",
                "/a?b=%",
                "/a?b=%4",
                "/a\\b",
                "/a|b",
                "/a b",
                "/\u0000",
                "http://ho st/",
                "/a#b",
                "/a[b]",
                "/\u00e9",
                "/a?b=\u00e9",
                "/%\uff11\uff11",
                "host:443",
                "http://h/\u00e9",
                "http://h/{",
                "",
            })
    void catchesWhatItCannot(String url) {
        assertThat(UnreadableUrlMasking.isReadable(url)).isFalse();
    }

    @Test
    void passesNoCharacterThatSpringRefuses() {
        assertThat(IntStream.range(0, 256)
                        .mapToObj(c -> String.valueOf((char) c))
                        .flatMap(c -> Stream.of("/a" + c + "b", "/a?b=" + c + "d"))
                        .filter(UnreadableUrlMasking::isReadable))
                .isNotEmpty()
                .allSatisfy(url -> assertThat(URI.create("http://host" + url).toASCIIString())
                        .isEqualTo("http://host" + url));
    }

    @ParameterizedTest
    @CsvSource({
        "/%68ealth/redis, /health/redis",
        "/api/v1/%73%65ssions?q=%68, /api/v1/sessions?q=%68",
        "/a%2Db%2eC%5F%7e%30, /a-b.C_~0",
        "/%2e%2e/internal, /../internal",
        "/a%2Fb%25%36%38%20%C3%A9, /a%2Fb%2568%20%C3%A9",
        "/a%252Fb, /a%252Fb",
        "/a?b=%61, /a?b=%61",
        "http://host/%68ealth, http://host/health",
    })
    void givesEveryPathOneSpelling(String url, String plain) {
        assertThat(PathNormalization.of(url)).isEqualTo(plain);
    }
}
