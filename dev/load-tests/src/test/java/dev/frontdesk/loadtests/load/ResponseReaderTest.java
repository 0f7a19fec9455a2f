package dev.frontdesk.loadtests.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseReaderTest {

    @ParameterizedTest
    @CsvSource({
        "200, HTTP/1.1 200 OK~Content-Type: a/b~content-length: 5~~hello",
        "401, HTTP/1.1 401 Unauthorized~Content-Length: 0~~",
        "204, HTTP/1.1 204 No Content~X: y~~",
        "200, HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~A;x=y~0123456789~0~~",
    })
    void skipsExactlyOneWholeResponse(int status, String lines) {
        String response = lines.replace("~", "\r\n");
        for (int part = 0; part < response.length(); part++) {
            ByteBuf partial = bytes(response.substring(0, part));
            assertThat(ResponseReader.read(partial)).as("after %d bytes", part).isZero();
            assertThat(partial.readerIndex()).isZero();
        }

        ByteBuf whole = bytes(response + "H");
        assertThat(ResponseReader.read(whole)).isEqualTo(status);
        assertThat(whole.readableBytes()).isOne();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
