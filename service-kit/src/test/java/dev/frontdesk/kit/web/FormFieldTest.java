package dev.frontdesk.kit.web;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;

class FormFieldTest {

    private static final int MOST = 100;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "token=a            | a",
                "a=b&token=a+b%2Bc&x | a b+c",
                "%74oken=%C3%A9     | é",
                "token=a=b          | a=b",
            })
    void readsTheFieldAndIgnoresOthers(String form, String value) {
        verifyEnded(read(form)).expectNext(value).verifyComplete();
    }

    @Test
    void readsAFieldWithoutAValue() {
        verifyEnded(read("token")).expectNext("").verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Token=a", "token=a&token=a", "token=a&%74oken=b"})
    void requiresTheFieldExactlyOnce(String form) {
        verifyEnded(read(form))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                problem ->
                                        assertThat(problem.inOneLine()).isEqualTo("token is required exactly once")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"token=secret%zz", "x=%&token=secret"})
    void refusesAMalformedFormWithoutRepeatingIt(String form) {
        verifyEnded(read(form))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(ProblemException.class, problem -> {
                            assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
                            assertThat(problem.inOneLine()).doesNotContain("secret");
                        }));
    }

    @Test
    void refusesALargeForm() {
        verifyEnded(read("token=" + "x".repeat(MOST))).verifyError(DataBufferLimitException.class);
    }

    private static Mono<String> read(String form) {
        var request = MockServerHttpRequest.post("/")
                .contentType(new MediaType(MediaType.APPLICATION_FORM_URLENCODED, StandardCharsets.UTF_8))
                .body(form);
        return FormField.read(request, "token", MOST);
    }
}
