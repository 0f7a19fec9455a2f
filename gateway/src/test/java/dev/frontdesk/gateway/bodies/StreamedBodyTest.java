package dev.frontdesk.gateway.bodies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Sinks;

class StreamedBodyTest {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Sinks.Many<DataBuffer> client = Sinks.many().unicast().onBackpressureBuffer();
    private final Application application = new Application();
    private long now;

    private static final class Application extends BaseSubscriber<DataBuffer> {

        private int received;
        private @Nullable Throwable error;

        @Override
        protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
            // Asks by itself.
        }

        @Override
        protected void hookOnNext(DataBuffer part) {
            received += part.readableByteCount();
        }

        @Override
        protected void hookOnError(Throwable failed) {
            error = failed;
        }
    }

    StreamedBodyTest() {
        new StreamedBody(1_000_000, GRACE, () -> now).of(client.asFlux()).subscribe(application);
    }

    private ByteBuf send(int bytes, int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        ByteBuf part = Unpooled.buffer(bytes).writeZero(bytes);
        client.tryEmitNext(new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT).wrap(part));
        return part;
    }

    private void assertRefused(ProblemType type, ByteBuf last) {
        assertThat(application.error)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
        assertThat(last.refCnt()).as("references to the part that was refused").isZero();
    }

    @Test
    void refusesTheFirstByteThatIsTooMuch() {
        application.request(Long.MAX_VALUE);
        send(1_000_000, 1);
        assertThat(application.error).isNull();

        assertRefused(ProblemType.PAYLOAD_TOO_LARGE, send(1, 1));
        assertThat(application.received).isEqualTo(1_000_000);
    }

    @Test
    void takesWhatAPhoneSends() {
        application.request(Long.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            send(5 * 1024, 1);
        }
        assertThat(application.error).isNull();
        assertThat(application.received).isEqualTo(500 * 1024);
    }

    @Test
    void refusesASlowBodyAfterTheGrace() {
        application.request(Long.MAX_VALUE);
        for (int i = 0; i < 30; i++) {
            send(3 * 1024, 1);
        }
        assertThat(application.error).isNull();
        assertRefused(ProblemType.REQUEST_TIMEOUT, send(3 * 1024, 1));
    }

    @Test
    void doesNotBlameTheClientForAnApplicationThatReadsSlowly() {
        for (int i = 0; i < 40; i++) {
            now += Duration.ofMinutes(10).toNanos();
            application.request(1);
            send(5 * 1024, 1);
        }
        assertThat(application.error).isNull();
        assertThat(application.received).isEqualTo(40 * 5 * 1024);
    }
}
