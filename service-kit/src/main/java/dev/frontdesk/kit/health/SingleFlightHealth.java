package dev.frontdesk.kit.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Looks at a part once at a time, however many ask: a frozen server holds one connection of ours, not one a question. */
final class SingleFlightHealth implements HealthPart {

    /** A server that has vanished without a word would be looked at for as long as TCP hopes. */
    private static final Duration GIVES_UP_AFTER = Duration.ofSeconds(10);

    private final HealthPart part;
    private @Nullable CompletableFuture<Map<String, Object>> looking;

    SingleFlightHealth(HealthPart part) {
        this.part = part;
    }

    @Override
    public String name() {
        return part.name();
    }

    @Override
    public Mono<Map<String, Object>> look() {
        return Mono.defer(() -> Mono.fromFuture(current(), true));
    }

    private synchronized CompletableFuture<Map<String, Object>> current() {
        var last = looking;
        if (last == null || last.isDone()) {
            last = Mono.defer(part::look).timeout(GIVES_UP_AFTER).toFuture();
            looking = last;
        }
        return last;
    }
}
