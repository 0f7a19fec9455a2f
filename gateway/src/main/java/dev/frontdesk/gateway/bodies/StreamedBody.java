package dev.frontdesk.gateway.bodies;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
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

    /**
     * In the mean, after a pause was possible. Even an EDGE phone (2G) sends 5 to 10 KB/s, and 1 MB in the time that this allows
     * for it: 4 minutes. Lower, and a sender that means harm could occupy a connection to the application for hours.
     */
    private static final long LEAST_BYTES_A_SECOND = 4 * 1024;

    private final long most;
    private final Duration stalledAfter;
    private final LongSupplier nanos;
    private long received;
    private long waited;
    private volatile long waitingSince;

    /** Parts that the application has asked for and not got. */
    private final AtomicLong wanted = new AtomicLong();

    /** @param nanos a clock's nanoseconds */
    StreamedBody(long most, Duration stalledAfter, LongSupplier nanos) {
        this.most = most;
        this.stalledAfter = stalledAfter;
        this.nanos = nanos;
    }

    Flux<DataBuffer> of(Flux<DataBuffer> body) {
        return body.onErrorMap(_ -> brokeOff())
                .<DataBuffer>handle(this::check)
                .doOnRequest(this::want)
                .doOnNext(_ -> wanted.decrementAndGet())
                .timeout(stalledAfter)
                .onErrorMap(TimeoutException.class, error -> wanted.get() > 0 ? tooSlow() : error);
    }

    /** While the application wants nothing, the client can't send. */
    private void want(long parts) {
        if (wanted.getAndAccumulate(parts, Operators::addCap) == 0) {
            waitingSince = nanos.getAsLong();
        }
    }

    private void check(DataBuffer part, SynchronousSink<DataBuffer> sink) {
        received += part.readableByteCount();
        long now = nanos.getAsLong();
        waited += now - waitingSince;
        waitingSince = now;
        long seconds = Duration.ofNanos(waited).toSeconds();
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
