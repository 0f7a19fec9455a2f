package dev.frontdesk.notification.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.emailtemplates.MailData;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** A mail shows a number as it was sent. */
class NumberRenderingTest {

    private static final String EVERYWHERE =
            "{{data.n}} {{#data.n}}{{.}} {{this}}{{/data.n}} {{data.deep.n}} {{#data.deep}}{{n}}{{/data.deep}}"
                    + " {{#data.list}}{{.}} {{/data.list}}{{#data.maps}}{{n}} {{#inner}}{{.}}{{/inner}}{{/data.maps}}";

    @ParameterizedTest
    @CsvSource({
        "12345678.9, 12345678.9",
        "100.0, 100.0",
        "100.00, 100.00",
        "0.0009, 0.0009",
        "9.0E-4, 0.00090",
        "0.1, 0.1",
        "-0.5, -0.5",
        "0, 0",
        "0.0, 0.0",
        "100, 100",
        "1e3, 1000",
        "1.5e3, 1500",
        "1E+3, 1000",
        "1e-7, 0.0000001",
        "2147483648, 2147483648",
        "9007199254740993, 9007199254740993",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "3.14159265358979323846264338327950288, 3.14159265358979323846264338327950288",
    })
    void inEveryPlaceOfATemplate(String sent, String shown) {
        var model = Map.of(
                "data",
                data(("{\"n\": %1$s, \"deep\": {\"n\": %1$s}, \"list\": [%1$s, %1$s],"
                                + " \"maps\": [{\"n\": %1$s, \"inner\": [%1$s]}]}")
                        .formatted(sent)));
        String expected = "%1$s %1$s %1$s %1$s %1$s %1$s %1$s %1$s %1$s".formatted(shown);

        assertThat(GuardedTemplate.text(EVERYWHERE).render(model)).isEqualTo(expected);
        assertThat(GuardedTemplate.html(EVERYWHERE).render(model)).isEqualTo(expected);
    }

    @Test
    void floatingPointNumbersInAModel() {
        var template = GuardedTemplate.text("{{data.a}} {{data.b}} {{data.c}} {{data.d}}");
        var model = Map.of("data", Map.of("a", 12345678.9, "b", 9.0E-4, "c", 100.0f, "d", Double.NaN));

        assertThat(template.render(model)).isEqualTo("12345678.9 0.00090 100.0 NaN");
    }

    private static Map<String, Object> data(String json) {
        return MailData.read(new JsonMapper(), new StorableJson(json));
    }
}
