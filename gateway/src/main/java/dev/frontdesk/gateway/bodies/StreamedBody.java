package dev.frontdesk.gateway.bodies;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SynchronousSink;

/**
 * A body that is passed on while it arrives: bounded in size, and not slower than a connection needs to be. Whatever is wrong
 * with it is the client's fault, unless the application does not read it.
 */
final class StreamedBody {

    /** In the mean, after a pause was possible. */
    private static final long LEAST_BYTES_A_SECOND = 1024;

    private final long most;
    private final Duration stalledAfter;
    private final long began = System.nanoTime();
    private long received;

    /** Parts that the application has asked for and not got. */
    private final AtomicLong wanted = new AtomicLong();

    StreamedBody(long most, Duration stalledAfter) {
        this.most = most;
        this.stalledAfter = stalledAfter;
    }

    Flux<DataBuffer> of(Flux<DataBuffer> body) {
        return body.onErrorMap(_ -> brokeOff())
                .<DataBuffer>handle(this::check)
                .doOnRequest(parts -> wanted.accumulateAndGet(parts, Operators::addCap))
                .doOnNext(_ -> wanted.decrementAndGet())
                .timeout(stalledAfter)
                .onErrorMap(TimeoutException.class, error -> wanted.get() > 0 ? tooSlow() : error);
    }

    private void check(DataBuffer part, SynchronousSink<DataBuffer> sink) {
        received += part.readableByteCount();
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        if (received > most) {
            DataBufferUtils.release(part);
            sink.error(
                    new ProblemException(ProblemType.PAYLOAD_TOO_LARGE, "The body is larger than this route accepts."));
        } else if (seconds > stalledAfter.toSeconds() && received / seconds < LEAST_BYTES_A_SECOND) {
            DataBufferUtils.release(part);
            sink.error(tooSlow());
        } else {
            sink.next(part);
        }
    }

    private static ProblemException brokeOff() {
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST, "The body broke off, or is not framed as HTTP says.");
    }

    private static ProblemException tooSlow() {
        return new ProblemException(ProblemType.REQUEST_TIMEOUT, "The body did not arrive in time.");
    }
}
