package dev.frontdesk.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.gateway.RunningGateway;
import io.netty.buffer.Unpooled;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

/** A service that breaks HTTP, or breaks off. */
@TestPropertySource(
        properties = {
            "spring.cloud.gateway.server.webflux.httpclient.response-timeout=1s",
            "frontdesk.gateway.stalled-after=1s"
        })
class BrokenResponsesIT extends RunningGateway {

    private String bytes = "";
    private boolean closes = true;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private DisposableServer broken;

    /** In the place of cache-service; answers every request with the same bytes. */
    @BeforeEach
    void breakTheService() {
        cache.stop();
        broken = TcpServer.create()
                .host("127.0.0.1")
                .channelGroup(connections)
                .port(URI.create(cache.url()).getPort())
                .handle((in, out) -> in.receive()
                        .concatMap(_ -> out.send(Mono.just(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII)))
                                .then()
                                .then(closes ? Mono.error(new IllegalStateException("close")) : Mono.<Void>empty()))
                        .then()
                        .onErrorComplete())
                .bindNow();
    }

    @AfterEach
    void mendTheService() {
        connections.close().awaitUninterruptibly();
        broken.disposeNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\nabc", "Content-Length: 20000\r\n\r\n"})
    void doesNotPassOnHeadersOfAResponseThatBreaksOff(String end) {
        bytes = "HTTP/1.1 201 Created\r\nSet-Cookie: a=b\r\nCache-Control: public, max-age=60\r\nETag: x\r\n" + end;

        client().get()
                .uri("/api/v1/cache/names/a")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectHeader()
                .doesNotExist("Set-Cookie")
                .expectHeader()
                .doesNotExist("ETag");
    }

    @Test
    void answers503ForASmallResponseThatDoesNotEnd() {
        bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc";
        closes = false;

        client().get().uri("/api/v1/cache/names/a").exchange().expectStatus().isEqualTo(503);
    }

    @Test
    void answers503ForALargeResponseThatDoesNotBegin() {
        bytes = "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n";
        closes = false;

        client().get().uri("/api/v1/cache/names/a").exchange().expectStatus().isEqualTo(503);
    }

    @Test
    void breaksOffALargeResponseThatDoesNotEnd() {
        bytes = "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\nabc";
        closes = false;

        var request = client().get().uri("/api/v1/cache/names/a");
        assertThatThrownBy(() -> request.exchange().expectBody().returnResult())
                .hasMessageContaining("prematurely closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {102, 103})
    void passesNoInterimResponseOn(int status) {
        bytes = "HTTP/1.1 " + status + " Interim\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nof";
        closes = false;

        client().get().uri("/api/v1/cache/names/a").exchange().expectStatus().isEqualTo(503);
    }

    @Test
    void passesOnAnEmptyResponse() {
        bytes = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nETag: x\r\n\r\n";
        closes = false;

        var answer = client().get()
                .uri("/api/v1/cache/names/a")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "x")
                .expectBody()
                .returnResult();
        assertThat(answer.getResponseBody()).isNull();
    }
}
