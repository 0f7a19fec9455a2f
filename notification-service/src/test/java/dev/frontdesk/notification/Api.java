package dev.frontdesk.notification;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.http.TestClients;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service's API as the gateway calls it, for one caller. */
public final class Api {

    private static final int LARGEST_ANSWER = 8 * 1024 * 1024;

    private final IdentityAssertions gateway;
    private final Caller caller;
    private final WebTestClient client;

    public Api(IdentityAssertions gateway, int port, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
        this.client = TestClients.at(port)
                .responseTimeout(Duration.ofSeconds(30))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
                .build();
    }

    /** @param body missing if there was none */
    public record Answer(int status, JsonNode body) {

        /** A field of the body. */
        public String text(String field) {
            return body.required(field).asString();
        }
    }

    public Answer get(String path) {
        return send(HttpMethod.GET, path, null, Map.of());
    }

    public Answer post(String path, Object body) {
        return post(path, body, Map.of());
    }

    public Answer put(String path, Object body) {
        return send(HttpMethod.PUT, path, body, Map.of());
    }

    /** @param body a String is sent as it is, anything else as JSON */
    public Answer post(String path, Object body, Map<String, String> headers) {
        return send(HttpMethod.POST, path, body, headers);
    }

    private Answer send(HttpMethod method, String path, @Nullable Object body, Map<String, String> more) {
        var request = client.method(method)
                .uri(path)
                .headers(headers -> more.forEach(headers::set))
                .header(Headers.IDENTITY, gateway.sign(caller));
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(
                            body instanceof String text
                                    ? text
                                    : JsonMapper.shared().writeValueAsString(body));
        }
        var result = request.exchange().expectBody().returnResult();
        byte[] answer = Objects.requireNonNullElse(result.getResponseBody(), new byte[0]);
        return new Answer(
                Objects.requireNonNull(result.getStatus()).value(),
                JsonMapper.shared().readTree(answer));
    }
}
