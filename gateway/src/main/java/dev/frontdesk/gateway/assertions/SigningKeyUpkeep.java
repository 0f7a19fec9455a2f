package dev.frontdesk.gateway.assertions;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.documents.SharedDocument;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes the first key of an installation, stores the keys again if registration-service has lost them, and encrypts them again
 * while FRONTDESK_SIGNING_KEY is changed. If several gateways do so at once, the document of one of them is stored.
 */
final class SigningKeyUpkeep extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(SigningKeyUpkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final SharedDocument document;
    private final SigningKeys keys;
    private boolean reported;

    SigningKeyUpkeep(SharedDocument document, SigningKeys keys) {
        super("Making and encrypting signing keys");
        this.document = document;
        this.keys = keys;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .concatMap(
                        _ -> Mono.defer(this::keep)
                                .doOnSuccess(_ -> recovered())
                                .onErrorResume(SigningKeyUpkeep::isConflict, _ -> Mono.empty())
                                .onErrorResume(this::reported),
                        1);
    }

    private Mono<Void> keep() {
        if (!document.isKnown()) {
            return Mono.empty();
        }
        GatewayDocument latest = document.latest();
        if (latest.version() == 0) {
            return first();
        }
        if (document.isLost()) {
            return document.replace(0, latest.content()).then();
        }
        return Mono.justOrEmpty(keys.resealed(keys.keysIn(latest)))
                .flatMap(resealed -> document.replace(latest.version(), keys.contentOf(resealed)))
                .then();
    }

    /**
     * If registration-service has lost its data, Redis may still have the keys that applications know. Keys that this gateway
     * can't open are of no use to the others either, which have the same FRONTDESK_SIGNING_KEY.
     */
    private Mono<Void> first() {
        return document.copied()
                .filter(this::canUse)
                .map(GatewayDocument::content)
                .switchIfEmpty(Mono.fromSupplier(() -> keys.contentOf(keys.only())))
                .flatMap(content -> document.replace(0, content))
                .then();
    }

    private boolean canUse(GatewayDocument copy) {
        boolean usable = keys.canUse(copy);
        if (!usable && !reported) {
            reported = true;
            log.error("The copy of the signing keys in Redis can't be opened with this FRONTDESK_SIGNING_KEY, and"
                    + " registration-service has none: a new key is made. Applications must read /.well-known/jwks.json again."
                    + " Check that all gateways have the same FRONTDESK_SIGNING_KEY");
        }
        return usable;
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof ProblemException problem && problem.type() == ProblemType.CONFLICT;
    }
}
