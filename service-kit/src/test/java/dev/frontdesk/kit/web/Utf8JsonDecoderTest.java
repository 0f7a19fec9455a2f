package dev.frontdesk.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

class Utf8JsonDecoderTest {

    private final Utf8JsonDecoder decoder =
            new Utf8JsonDecoder(JsonMapper.builder().build());
    private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

    record Body(String name) {}

    @Test
    void readsUtf8AndGivesItsBufferBack() {
        var buffer = buffer("{\"name\":\"Şükrü\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(decode(buffer)).isEqualTo(new Body("Şükrü"));
        assertThat(buffer.getNativeBuffer().refCnt()).isZero();
    }

    /** An invalid byte, an overlong slash, half a surrogate pair, a zero, UTF-16. */
    @ParameterizedTest
    @ValueSource(strings = {"7b22ff227d", "7b22c0af227d", "7b22eda080227d", "7b007d", "7b0022006100"})
    void givesTheBufferOfWhatItRefusesBack(String hex) {
        var buffer = buffer(HexFormat.of().parseHex(hex));

        assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> decode(buffer));
        assertThat(buffer.getNativeBuffer().refCnt()).isZero();
    }

    private NettyDataBuffer buffer(byte[] bytes) {
        var buffer = buffers.allocateBuffer(bytes.length);
        buffer.write(bytes);
        return buffer;
    }

    private @Nullable Object decode(NettyDataBuffer buffer) {
        return decoder.decodeToMono(
                        Flux.just(buffer), ResolvableType.forClass(Body.class), MediaType.APPLICATION_JSON, Map.of())
                .block();
    }
}
