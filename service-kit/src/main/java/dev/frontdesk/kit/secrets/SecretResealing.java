package dev.frontdesk.kit.secrets;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Seals the secrets of a table again with the current key where another key sealed them: they outlive a key, and could
 * not be opened once that key is removed. Reads the table once a minute while a second key is accepted.
 *
 * @param <K> identifies a row
 */
public abstract class SecretResealing<K> extends BackgroundWork {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int AT_ONCE = 4;

    private final SealedSecrets secrets;

    /**
     * A row with sealed secrets.
     *
     * @param purpose what they are sealed for
     * @param sealed the current one and, if there is one, the former
     */
    public record Row<K>(K key, String purpose, List<String> sealed) {

        /** @param former null if there is none */
        public static <K> Row<K> of(K key, String purpose, String current, @Nullable String former) {
            return new Row<>(key, purpose, former == null ? List.of(current) : List.of(current, former));
        }

        @Override
        public String toString() {
            return "Row[" + key + ", ***]";
        }
    }

    /** @param what a secret, for logs */
    protected SecretResealing(String what, SealedSecrets secrets) {
        super(what + " resealing");
        this.secrets = secrets;
    }

    /** The next rows in the order of their keys; an empty list behind the last. */
    protected abstract Mono<List<Row<K>>> page(@Nullable K after);

    /** Replaces a sealed secret of a row. Does nothing if it was replaced in the meantime. */
    protected abstract Mono<Void> replace(K key, String old, String resealed);

    @Override
    protected final Flux<Void> work() {
        return secrets.acceptsAnotherKey()
                ? beats(EVERY)
                        .concatMap(_ -> run().doOnSuccess(_ -> recovered()).onErrorResume(this::reported), 1)
                : Flux.never();
    }

    /** Seals all that another key sealed. What no key opens stays as it is. */
    public final Mono<Void> run() {
        return unlessStopping(resealed(null))
                .expand(last -> unlessStopping(resealed(last)))
                .then();
    }

    /** Reseals a page; empty behind the last one. */
    private Mono<K> resealed(@Nullable K after) {
        return page(after)
                .filter(rows -> !rows.isEmpty())
                .delayUntil(rows -> Flux.fromIterable(rows).flatMap(this::reseal, AT_ONCE))
                .map(rows -> rows.getLast().key());
    }

    private Mono<Void> reseal(Row<K> row) {
        return Flux.fromIterable(row.sealed())
                .concatMap(old -> Mono.justOrEmpty(secrets.resealed(old, row.purpose()))
                        .flatMap(resealed -> replace(row.key(), old, resealed)))
                .then();
    }
}
