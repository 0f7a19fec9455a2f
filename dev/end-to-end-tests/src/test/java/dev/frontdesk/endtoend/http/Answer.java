package dev.frontdesk.endtoend.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A response of the gateway. */
public record Answer(HttpResponse<byte[]> response) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public byte[] body() {
        return response.body();
    }

    public String text() {
        return new String(response.body(), UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(response.body());
    }

    /** The text of a required field. */
    public String field(String name) {
        var value = json().get(name);
        assertThat(value).as("%s in %s", name, text()).isNotNull();
        return value.asString();
    }

    public Answer expect(int status) {
        assertThat(status()).as(text()).isEqualTo(status);
        return this;
    }

    /** Checks it against RFC 9457 and our own type. */
    public Answer expectProblem(ProblemType type) {
        expect(type.status());
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(field("type")).isEqualTo(type.uri().toString());
        assertThat(json().get("status").asInt()).isEqualTo(type.status());
        return this;
    }
}
