package dev.frontdesk.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

class LargerBodiesTest {

    private static final int USUAL = 1_000;
    private static final int LARGER = 3_000;

    private final ServerCodecConfigurer codecs = ServerCodecConfigurer.create();

    record Usual(String name) {}

    record Larger(String name) {}

    @BeforeEach
    void configure() {
        codecs.defaultCodecs().maxInMemorySize(USUAL);
        new LargerBodies(Larger.class, LARGER, JsonMapper.builder().build()).customize(codecs);
    }

    @Test
    void areOfOneTypeAlone() {
        String name = "a".repeat(2 * USUAL);

        assertThat(read(Larger.class, name)).isEqualTo(new Larger(name));
        assertThatExceptionOfType(DataBufferLimitException.class).isThrownBy(() -> read(Usual.class, name));
        assertThat(read(Usual.class, "a")).isEqualTo(new Usual("a"));
    }

    @Test
    void haveALimitToo() {
        assertThatExceptionOfType(DataBufferLimitException.class)
                .isThrownBy(() -> read(Larger.class, "a".repeat(LARGER)));
    }

    @Test
    void areUtf8() {
        assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(Larger.class, "\u0000"));
    }

    private @Nullable Object read(Class<?> type, String name) {
        var bytes = ("{\"name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
        var request = MockServerHttpRequest.post("/")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)));
        var body = ResolvableType.forClass(type);
        return codecs.getReaders().stream()
                .filter(reader -> reader.canRead(body, MediaType.APPLICATION_JSON))
                .findFirst()
                .orElseThrow()
                .readMono(body, request, Map.of())
                .block();
    }
}
