package dev.frontdesk.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.adapter.AbstractWebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a side reads while the other one reads nothing. Buffers of the network would hide it from a client. */
class RelaySideTest {

    private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

    private final List<ByteBuf> read = new ArrayList<>();
    private final List<Integer> sent = new ArrayList<>();

    /** A socket to a peer that sends frames as they are asked for, and takes what it is sent. */
    private final class Socket extends AbstractWebSocketSession<Object> {

        private final Flux<WebSocketMessage> frames;

        Socket(Flux<WebSocketMessage> frames) {
            super(
                    new Object(),
                    "socket",
                    new HandshakeInfo(URI.create("ws://peer"), new HttpHeaders(), Mono.empty(), null),
                    BUFFERS);
            this.frames = frames;
        }

        @Override
        public Flux<WebSocketMessage> receive() {
            return frames;
        }

        @Override
        public Mono<Void> send(Publisher<WebSocketMessage> messages) {
            return Flux.from(messages).doOnNext(this::take).then();
        }

        private void take(WebSocketMessage message) {
            sent.add(message.getPayload().readableByteCount());
            message.release();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Mono<Void> close(CloseStatus status) {
            return Mono.empty();
        }

        @Override
        public Mono<CloseStatus> closeStatus() {
            return Mono.just(CloseStatus.NORMAL);
        }
    }

    private RelaySide side(Flux<WebSocketMessage> frames) {
        return new RelaySide(new Socket(frames), CloseStatus.PROTOCOL_ERROR, CloseStatus.GOING_AWAY);
    }

    private Flux<WebSocketMessage> frames(int bytes) {
        return Flux.generate(sink -> {
            ByteBuf frame = Unpooled.buffer(bytes).writeZero(bytes);
            read.add(frame);
            sink.next(new WebSocketMessage(WebSocketMessage.Type.BINARY, BUFFERS.wrap(frame)));
            // As Reactor Netty does after it has handed a frame on.
            frame.release();
        });
    }

    private void assertAllReleased() {
        assertThat(read).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
    }

    /** At most 16 frames, and no further one while there are 256 KB. */
    @ParameterizedTest
    @CsvSource({"1, 16", "16384, 16", "65536, 4", "102400, 3", "262144, 1"})
    void readsABoundedNumberOfFramesAndBytesAhead(int bytes, int ahead) {
        RelaySide side = side(frames(bytes));
        assertThat(read).hasSize(ahead);

        side.abandon();
        assertAllReleased();
    }

    @Test
    void readsOnWhenFramesAreTaken() {
        RelaySide side = side(frames(102_400).take(50));

        side.carryTo(side(Flux.never())).block(Duration.ofSeconds(60));

        assertThat(sent).hasSize(50).allMatch(bytes -> bytes == 102_400);
        assertAllReleased();
    }
}
