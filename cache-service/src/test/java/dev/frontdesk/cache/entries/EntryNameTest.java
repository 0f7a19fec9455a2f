package dev.frontdesk.cache.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryNameTest {

    @ParameterizedTest
    @MethodSource
    void takesNamespaces(String namespace) {
        assertThat(new EntryName(namespace, "k").namespace()).isEqualTo(namespace);
    }

    static Stream<String> takesNamespaces() {
        return Stream.of("a", "7", "a.b-c_d", "...", "-", "n".repeat(64));
    }

    @ParameterizedTest
    @MethodSource
    void refusesOtherNamespaces(String namespace) {
        refuses(namespace, "k", "namespace");
    }

    static Stream<String> refusesOtherNamespaces() {
        return Stream.of("", ".", "..", "A", "a:b", "a b", "a*", "ü", "a\n", "n".repeat(65));
    }

    @ParameterizedTest
    @MethodSource
    void takesKeys(String key) {
        assertThat(new EntryName("n", key).key()).isEqualTo(key);
    }

    static Stream<String> takesKeys() {
        return Stream.of(
                " ",
                "a:b",
                "{p1}",
                "*",
                "%2F",
                "...",
                "a;b",
                "ada@example.com",
                "ağaç 🌳",
                "k".repeat(512),
                "ü".repeat(256));
    }

    @ParameterizedTest
    @MethodSource
    void refusesOtherKeys(String key) {
        refuses("n", key, "key");
    }

    static Stream<String> refusesOtherKeys() {
        return Stream.of(
                "",
                ".",
                "..",
                "a/b",
                "a\\b",
                "a\u0000b",
                "a\nb",
                "a\u0085b",
                "a\uFFFDb",
                "k".repeat(513),
                "ü".repeat(257));
    }

    private static void refuses(String namespace, String key, String field) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new EntryName(namespace, key))
                .satisfies(problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
                    assertThat(String.valueOf(problem.getBody().getProperties()))
                            .contains("field=" + field);
                });
    }
}
