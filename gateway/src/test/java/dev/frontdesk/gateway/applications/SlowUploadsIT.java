package dev.frontdesk.gateway.applications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

/** Bodies that take longer than a connection may be without progress. */
@TestPropertySource(properties = "frontdesk.connections.body-within=1s")
class SlowUploadsIT extends RunningApplication {

    private static final Duration LONG = Duration.ofSeconds(60);

    private @Nullable Integer upload(int bytesOfPart, Duration between, int parts) {
        put("[" + route("\"body_limit_bytes\": 1000000") + "]");
        Flux<ByteBuf> body =
                Flux.interval(between).take(parts).map(_ -> Unpooled.copiedBuffer("a".repeat(bytesOfPart), UTF_8));
        return HttpClient.newConnection()
                .post()
                .uri("http://127.0.0.1:" + port + "/shop/upload")
                .send((_, outbound) -> outbound.send(body, _ -> true))
                .response()
                .map(head -> head.status().code())
                .block(LONG);
    }

    @Test
    void arriveWholeHoweverLongTheyTake() {
        assertThat(upload(5000, Duration.ofMillis(500), 6)).isEqualTo(200);
        assertThat(shop.seenLast().body()).hasSize(30_000);
    }

    @Test
    void areBrokenOffIfTheyTrickle() {
        assertThatThrownBy(() -> upload(10, Duration.ofMillis(100), 600)).hasRootCauseInstanceOf(IOException.class);
    }
}
