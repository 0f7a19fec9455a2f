package dev.frontdesk.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/ws",
                "/api/v1/users/register",
                "/api/v1/users/register/",
                "/api/v1/cache/names/caf%C3%A9",
                "/api/v1/cache/names/a%20b+c",
                "/api/v1/cache/names/50%25",
                "/api/v1/cache/names/..a",
                "/api/v1/cache/names/a:b@c~d",
            })
    void takesWhatCanBeReadInOneWay(String path) {
        assertThat(PlainPath.isPlain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "internal",
                "//internal/introspect",
                "/api/v1/users//internal",
                "/api/v1/users/../../../internal/introspect",
                "/api/v1/users/./register",
                "/api/v1/users/%2e%2e/%2E%2E/internal",
                "/api/v1/users/.%2e/internal",
                "/api/v1/users/..%2f..%2finternal",
                "/api/v1/users%2F..%2Finternal",
                "/api/v1/users/..%5c..%5Cinternal",
                "/api/v1/users/..;/..;/internal",
                "/api/v1/users;a=b/register",
                "/api/v1/users/%00",
                "/api/v1/users/a%0d%0ab",
                "/api/v1/users/%7f",
            })
    void refusesWhatTwoReadersMightTakeForDifferentPaths(String path) {
        assertThat(PlainPath.isPlain(path)).isFalse();
    }
}
