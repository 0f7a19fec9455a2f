package dev.frontdesk.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import reactor.core.publisher.Flux;

class HandlerInputTest {

    private static final HandlerInput INPUT = new HandlerInput(Set.of("limit", "cursor"), false);

    static class Handlers {
        void named(@RequestParam @Nullable String limit, @RequestParam("next") @Nullable String cursor) {}

        void body(@RequestBody String body) {}

        @Takes(query = "ttl", body = true)
        void itself() {}

        @Takes(query = {"limit", "kind"})
        void map(@RequestParam MultiValueMap<String, String> parameters) {}

        void anything(@RequestParam MultiValueMap<String, String> parameters) {}
    }

    @Test
    void isWhatTheHandlerDeclares() {
        assertThat(inputOf("named")).isEqualTo(new HandlerInput(Set.of("limit", "next"), false));
        assertThat(inputOf("body")).isEqualTo(new HandlerInput(Set.of(), true));
        assertThat(inputOf("itself")).isEqualTo(new HandlerInput(Set.of("ttl"), true));
        assertThat(inputOf("map")).isEqualTo(new HandlerInput(Set.of("limit", "kind"), false));
    }

    @Test
    void aHandlerThatTakesAnyParameterSaysWhichOnesItKnows() {
        assertThatIllegalStateException().isThrownBy(() -> inputOf("anything")).withMessageContaining("anything");
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=1,",
        "?limit=1&cursor=x,",
        "?,",
        "'',",
        "?email=x, email",
        "?Limit=1, Limit",
        "?limit=1&limit=2, limit",
        "?limit, limit",
    })
    void knowsEachParameterOnce(String query, @Nullable String refused) {
        assertThat(fieldRefusedIn(MockServerHttpRequest.get("/things" + query).build()))
                .isEqualTo(refused);
    }

    @Test
    void repeatsNoLongName() {
        assertThat(fieldRefusedIn(MockServerHttpRequest.get("/things?" + "x".repeat(500) + "=1")
                        .build()))
                .hasSize(101);
    }

    @Test
    void cutsNoCharacterOfALongName() {
        String family = "👩‍👩‍👧‍👦";
        var request = MockServerHttpRequest.get("/things")
                .queryParam("x".repeat(95) + family, "1")
                .build();

        assertThat(fieldRefusedIn(request)).isEqualTo("x".repeat(95) + "…");
    }

    @Test
    void refusesAnUnreadBody() {
        assertThat(fieldRefusedIn(
                        MockServerHttpRequest.post("/things").contentLength(2).body("{}")))
                .isEqualTo("body");
        assertThat(fieldRefusedIn(
                        MockServerHttpRequest.post("/things").contentLength(0).build()))
                .isNull();
        assertThat(fieldRefusedIn(chunked())).isNull();
        assertThat(fieldRefusedIn(chunked(""))).isNull();
        assertThat(fieldRefusedIn(chunked("", "{}"))).isEqualTo("body");
    }

    private static MockServerHttpRequest chunked(String... parts) {
        return MockServerHttpRequest.post("/things")
                .header(HttpHeaders.TRANSFER_ENCODING, "chunked")
                .body(Flux.fromArray(parts)
                        .map(it -> DefaultDataBufferFactory.sharedInstance.wrap(it.getBytes(StandardCharsets.UTF_8))));
    }

    private static @Nullable String fieldRefusedIn(MockServerHttpRequest request) {
        try {
            INPUT.check(request).block();
            return null;
        } catch (ProblemException refused) {
            assertThat(refused.getStatusCode().value()).isEqualTo(400);
            return refused.getBody().getProperties() != null
                            && refused.getBody().getProperties().get("errors") instanceof java.util.List<?> errors
                            && errors.getFirst() instanceof ProblemException.FieldError error
                    ? error.field()
                    : null;
        }
    }

    private static HandlerInput inputOf(String name) {
        for (var method : Handlers.class.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                return HandlerInput.of(new HandlerMethod(new Handlers(), method));
            }
        }
        throw new IllegalArgumentException(name);
    }
}
