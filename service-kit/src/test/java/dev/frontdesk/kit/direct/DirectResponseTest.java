package dev.frontdesk.kit.direct;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What is left to Spring; all other responses are sent by the services' own tests. */
class DirectResponseTest {

    private final MockServerHttpResponse sent = new MockServerHttpResponse();
    private final DirectResponse response = new DirectResponse(sent);
    private final AtomicInteger begun = new AtomicInteger();

    @BeforeEach
    void count() {
        response.atBegin(begun::incrementAndGet);
        response.setStatusCode(HttpStatus.CREATED);
    }

    @Test
    void sendsAStream() {
        response.writeWith(Flux.just("a", "b").map(this::buffer)).block();

        isSent("ab");
    }

    @Test
    void sendsCookies() {
        response.addCookie(ResponseCookie.from("name", "value").build());

        response.writeWith(Mono.just(buffer("a"))).block();

        isSent("a");
        assertThat(sent.getCookies()).containsKey("name");
    }

    @Test
    void runsFurtherActions() {
        var acted = new AtomicInteger();
        response.beforeCommit(() -> Mono.fromRunnable(acted::incrementAndGet));

        response.setComplete().block();

        isSent("");
        assertThat(acted).hasValue(1);
    }

    private void isSent(String body) {
        assertThat(response.isCommitted()).isTrue();
        assertThat(response.setStatusCode(HttpStatus.OK)).isFalse();
        assertThat(sent.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(begun).hasValue(1);
        StepVerifier.create(sent.getBodyAsString()).expectNext(body).verifyComplete();
    }

    private DataBuffer buffer(String text) {
        return sent.bufferFactory().wrap(text.getBytes(UTF_8));
    }
}
