package dev.frontdesk.registration.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DocumentContentTest {

    private final JsonMapper json = new JsonMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "1.0",
                "\"text\"",
                " {\"routes\": [{\"id\": \"shop\", \"cost\": 1.50}]}\n",
                "{\"name\":\"Söhne \\u0000 \\ud83d\\ude00 😀\"}"
            })
    void isStoredAsItCame(String text) {
        assertThat(DocumentContent.read(text, json).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[}",
                "nonsense",
                "'a'",
                "{a:1}",
                "{}{}",
                "{} x",
                "1 2",
                "01",
                "\"a\nb\"",
                "\u0000",
                "{\"a\":\"\uD83D\"}"
            })
    void refusesWhatIsNotOneJsonValue(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentContent.read(text, json))
                .withMessage("must be one JSON value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "é", "😀"})
    void countsBytes(String character) {
        String escaped = character.equals("\"") ? "\\\"" : character;
        int bytes = escaped.getBytes(StandardCharsets.UTF_8).length;
        String longest = '"' + escaped.repeat((GatewayDocument.LONGEST - 2) / bytes) + '"';
        String padded = longest + " ".repeat((GatewayDocument.LONGEST - 2) % bytes);

        assertThat(DocumentContent.read(padded, json).text()).isEqualTo(padded);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentContent.read(padded + " ", json))
                .withMessage("must have at most 1048576 bytes");
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentContent.read("[".repeat(5_000) + "]".repeat(5_000), json));
    }

    @Test
    void doesNotShowItsText() {
        assertThat(DocumentContent.read("{\"key\":\"secret\"}", json).toString())
                .doesNotContain("secret");
    }
}
