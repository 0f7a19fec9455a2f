package dev.frontdesk.endtoend.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentedRequestsTest {

    private static final String RESEND = "/api/v1/users/resend-verification";
    private static final String JSON = "application/json";

    private static void accepted(String method, String path, String type, String body) {
        DocumentedRequests.check(method, path, type, body.getBytes(UTF_8), 202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"email\": \"a@b.example\", \"role\": \"operator\"} | role",
                "{\"email\": 1}                                       | email",
                "{}                                                   | email",
            })
    void anAcceptedBodyMustHaveTheDocumentedFields(String body, String field) {
        assertThatThrownBy(() -> accepted("POST", RESEND, JSON, body))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(field);
    }

    @Test
    void anAcceptedBodyMustBeOfADocumentedType() {
        assertThatThrownBy(() -> accepted("POST", RESEND, "text/csv", "a,b"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("text/csv");
        assertThatThrownBy(() -> accepted("GET", "/health", JSON, "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("undocumented body");
    }

    @Test
    void aRequiredBodyMustBeThere() {
        assertThatThrownBy(() -> accepted("POST", RESEND, JSON, ""))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("required body");
    }

    @Test
    void anAcceptedQueryMustBeDocumented() {
        assertThatThrownBy(() -> accepted("GET", "/api/v1/usage?hours=1", "", ""))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("hours");
    }

    @Test
    void documentedAndRefusedRequestsPass() {
        assertThatCode(() -> accepted("POST", RESEND, JSON + ";charset=UTF-8", "{\"email\": \"a@b.example\"}"))
                .doesNotThrowAnyException();
        assertThatCode(() -> DocumentedRequests.check("POST", RESEND, JSON, "{".getBytes(UTF_8), 400))
                .doesNotThrowAnyException();
    }
}
