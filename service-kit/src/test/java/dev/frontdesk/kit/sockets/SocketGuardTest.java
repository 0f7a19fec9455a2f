package dev.frontdesk.kit.sockets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

class SocketGuardTest {

    private static final SocketLimits LIMITS = new SocketLimits(
            10, 2, DataSize.ofBytes(1000), DataSize.ofBytes(100), Duration.ofSeconds(5), Duration.ofSeconds(5));
    private static final int LONGEST = 500;

    /** Every frame that a peer may send without a limit. */
    private enum Kind {
        PING(payload -> new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[payload]))),
        PONG(payload -> new PongWebSocketFrame(Unpooled.wrappedBuffer(new byte[payload]))),
        TEXT(payload -> new TextWebSocketFrame(Unpooled.wrappedBuffer(new byte[payload]))),
        BINARY(payload -> new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[payload]))),
        FRAGMENT(payload -> new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[payload]))),
        EMPTY_MESSAGES(_ -> new TextWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER));

        private final IntFunction<WebSocketFrame> frame;

        Kind(IntFunction<WebSocketFrame> frame) {
            this.frame = frame;
        }
    }

    private final List<Integer> closedWith = new ArrayList<>();
    private final Connection connection = new Connection();
    private long now;
    private EmbeddedChannel channel = new EmbeddedChannel();
    private final SocketGuard guard = guard(true);

    @BeforeEach
    void connect() {
        channel = new EmbeddedChannel(connection, guard);
        channel.freezeTime();
    }

    @AfterEach
    void releaseAll() {
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @EnumSource
    void endsASocketWithMoreFramesThanItMaySendAtOnce(Kind kind) {
        for (int sent = 0; sent < 1000; sent++) {
            receive(kind.frame.apply(1));
        }

        assertThat(closedWith).containsExactly(4429);
        assertThat(passed()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EMPTY_MESSAGES")
    void endsASocketWithMoreBytesThanItMaySendAtOnce(Kind kind) {
        for (int sent = 0; sent < 9; sent++) {
            receive(kind.frame.apply(123));
        }

        assertThat(closedWith.getFirst()).isIn(4429, 1009);
        assertThat(passed()).isLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FRAGMENT")
    void letsASocketGoOnThatKeepsToTheRate(Kind kind) {
        for (int sent = 0; sent < 500; sent++) {
            receive(kind.frame.apply(40));
            passes(Duration.ofMillis(500));
        }

        assertThat(closedWith).isEmpty();
        assertThat(passed()).isEqualTo(500);
    }

    @Test
    void endsASocketWhoseMessageIsTooLongInFragments() {
        receive(new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[200])));
        receive(new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[200])));
        assertThat(closedWith).isEmpty();

        receive(new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(new byte[101])));

        assertThat(closedWith).containsExactly(1009);
        assertThat(passed()).isEqualTo(2);
    }

    @Test
    void endsASocketWhoseMessageHasTooManyFragmentsHoweverSlowly() {
        receive(new TextWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER));
        for (int sent = 0; sent < 128; sent++) {
            passes(Duration.ofMillis(500));
            receive(new ContinuationWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER));
        }

        assertThat(closedWith).containsExactly(1009);
        assertThat(passed()).isEqualTo(128);
    }

    @Test
    void answersTheNewestOfPingsThatComeTogether() {
        channel.writeOneInbound(ping("one"));
        channel.writeOneInbound(ping("two"));
        channel.flushInbound();
        receive(ping("three"));

        assertThat(pongs()).containsExactly("two", "three");
    }

    @Test
    void answersNoPingBeforeThePongOfAnotherIsTaken() {
        connection.stalls();
        receive(ping("one"));
        for (int sent = 0; sent < 8; sent++) {
            receive(ping("more " + sent));
        }
        assertThat(connection.waiting()).isEqualTo(1);

        connection.reads();

        assertThat(pongs()).containsExactly("one", "more 7");
    }

    @Test
    void leavesPingsToTheOtherEndWhereItIsTold() {
        channel = new EmbeddedChannel(guard(false));

        receive(ping("one"));

        assertThat(pongs()).isEmpty();
        assertThat(passed()).isEqualTo(1);
    }

    @Test
    void endsASocketThatDoesNotReadAndWritesNothingMore() {
        connection.stalls();
        channel.writeOneOutbound(new TextWebSocketFrame("late"));
        channel.flushOutbound();
        passes(Duration.ofMillis(4999));
        assertThat(closedWith).isEmpty();

        passes(Duration.ofMillis(1));

        assertThat(closedWith).containsExactly(4408);
        var refused = channel.writeOneOutbound(new TextWebSocketFrame("never"));
        assertThat(refused.isDone()).isTrue();
        assertThat(refused.isSuccess()).isFalse();
        assertThat(connection.waiting()).isEqualTo(1);

        passes(Duration.ofSeconds(5));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void keepsASocketThatReadsSlowly() {
        connection.stalls();
        for (int sent = 0; sent < 20; sent++) {
            channel.writeOneOutbound(new TextWebSocketFrame("slowly"));
            channel.flushOutbound();
            passes(Duration.ofSeconds(4));
            connection.reads();
            connection.stalls();
        }

        assertThat(closedWith).isEmpty();
    }

    @Test
    void writesOneCloseFrameAndNothingAfterIt() {
        channel.writeOutbound(new CloseWebSocketFrame(1000, "bye"));
        channel.writeOutbound(new TextWebSocketFrame("late"), new CloseWebSocketFrame(1011, "late"));

        assertThat(channel.outboundMessages()).hasSize(1);
    }

    private SocketGuard guard(boolean answersPings) {
        return new SocketGuard(LIMITS, LONGEST, answersPings, status -> closedWith.add(status.getCode()), () -> now);
    }

    private void receive(WebSocketFrame frame) {
        channel.writeInbound(frame);
    }

    private void passes(Duration time) {
        now += time.toNanos();
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    private static PingWebSocketFrame ping(String payload) {
        return new PingWebSocketFrame(Unpooled.copiedBuffer(payload, US_ASCII));
    }

    private int passed() {
        return channel.inboundMessages().size();
    }

    private List<String> pongs() {
        return channel.outboundMessages().stream()
                .map(frame -> ((PongWebSocketFrame) frame).content().toString(US_ASCII))
                .toList();
    }

    /** A connection whose peer can stop reading. */
    private static final class Connection extends ChannelOutboundHandlerAdapter {

        private record Waiting(Object message, ChannelPromise promise) {}

        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private boolean stalled;
        private @Nullable ChannelHandlerContext context;

        void stalls() {
            stalled = true;
        }

        void reads() {
            stalled = false;
            for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
                Objects.requireNonNull(context).writeAndFlush(next.message(), next.promise());
            }
        }

        int waiting() {
            return waiting.size();
        }

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        @Override
        public void write(ChannelHandlerContext from, Object message, ChannelPromise promise) {
            if (stalled) {
                waiting.add(new Waiting(message, promise));
            } else {
                from.write(message, promise);
            }
        }
    }
}
