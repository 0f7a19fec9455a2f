package dev.frontdesk.kit.caching;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * One look-up at a time for each key, shared by all who ask while it is under way. It goes on when they leave, and nothing is kept once
 * it has ended.
 *
 * @param <K> what is looked up
 * @param <V> what is found
 */
public final class SingleFlight<K, V> {

    private final ConcurrentHashMap<K, Mono<V>> underWay = new ConcurrentHashMap<>();
    private final Function<K, Mono<V>> lookUp;

    /** @param lookUp begins when it is subscribed to */
    public SingleFlight(Function<K, Mono<V>> lookUp) {
        this.lookUp = lookUp;
    }

    /** Joins the look-up of the key that is under way when this is subscribed to, or begins one. */
    public Mono<V> find(K key) {
        return Mono.defer(() -> underWay.computeIfAbsent(key, this::begin));
    }

    private Mono<V> begin(K key) {
        var mine = new Mono<?>[1];
        Mono<V> shared = Mono.defer(() -> lookUp.apply(key))
                // Before the result is used: who then asks again must not get the same one.
                .doOnTerminate(() -> underWay.remove(key, mine[0]))
                .cache();
        mine[0] = shared;
        return shared;
    }

    /** The look-up that is under way may find what was true before a change: who asks from now on begins another one. */
    public void outdate(K key) {
        underWay.remove(key);
    }

    public boolean isUnderWay(K key) {
        return underWay.containsKey(key);
    }

    /** How many are under way. */
    public int size() {
        return underWay.size();
    }
}
