package dev.frontdesk.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableUrisTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ws?ticket=a-b_c", "/a%20b?c=%C3%A9", "//host/a", "http://host/a", "*"})
    void passesWhatSpringCanRead(String uri) {
        assertThat(ReadableUris.isReadable(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/a?b=%", "/a\\b", "/a|b", "/a b", "/\u0000", "http://ho st/"})
    void catchesWhatItCannot(String uri) {
        assertThat(ReadableUris.isReadable(uri)).isFalse();
    }
}
