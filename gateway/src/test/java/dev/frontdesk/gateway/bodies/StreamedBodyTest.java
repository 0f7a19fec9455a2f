package dev.frontdesk.gateway.bodies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
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

    private void send(int bytes, int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        client.tryEmitNext(
                DefaultDataBufferFactory.sharedInstance.wrap("a".repeat(bytes).getBytes(UTF_8)));
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
        send(3 * 1024, 1);
        assertThat(application.error)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.REQUEST_TIMEOUT));
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
