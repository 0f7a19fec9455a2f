package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.http.Browser;
import dev.frontdesk.loadtests.http.Unexpected;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the metrics of a service every second, which is fifteen times as often as Prometheus usually does. */
final class Scrapes implements Subject.Beside {

    private static final Duration PACE = Duration.ofSeconds(1);

    private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    private final Disposable reading;

    private Scrapes(Browser management) {
        this.reading = Flux.interval(Duration.ZERO, PACE)
                .onBackpressureDrop()
                .concatMap(_ -> management.get("/actuator/prometheus", Map.of()), 1)
                .flatMap(answer -> answer.status() == 200
                        ? Mono.empty()
                        : Mono.error(new Unexpected("metrics: status " + answer.status())))
                .subscribe(_ -> {}, failed::set);
    }

    static Scrapes of(String managementUrl) {
        return new Scrapes(new Browser(managementUrl));
    }

    /** @throws IllegalStateException if a scrape failed: then nothing was measured */
    @Override
    public void close() {
        reading.dispose();
        Throwable error = failed.get();
        if (error != null) {
            throw new IllegalStateException("the metrics could not be read", error);
        }
    }
}
