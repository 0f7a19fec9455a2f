package dev.frontdesk.gateway.assertions;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.documents.SharedDocument;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes the first key of an installation. If several gateways start at once, the key of one of them is stored. */
final class FirstSigningKey extends BackgroundWork {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final SharedDocument document;
    private final SigningKeys keys;

    FirstSigningKey(SharedDocument document, SigningKeys keys) {
        super("Making the first signing key");
        this.document = document;
        this.keys = keys;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .takeUntil(_ -> !keys.all().isEmpty())
                .concatMap(_ -> make(), 1)
                .concatWith(Flux.never());
    }

    private Mono<Void> make() {
        return keys.all().isEmpty() && document.isKnown() && !document.isOutdated()
                ? document.replace(document.latest().version(), keys.contentOf(keys.first()))
                        .then()
                        .onErrorResume(FirstSigningKey::isConflict, _ -> Mono.empty())
                        .onErrorResume(this::reported)
                : Mono.empty();
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof ProblemException problem && problem.type() == ProblemType.CONFLICT;
    }
}
