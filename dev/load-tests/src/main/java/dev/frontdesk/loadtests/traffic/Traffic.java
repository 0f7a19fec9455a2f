package dev.frontdesk.loadtests.traffic;

import dev.frontdesk.loadtests.http.Frontdesk;
import dev.frontdesk.loadtests.http.Unexpected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A mix of all features at a steady rate: about twenty-five requests a second, which two cores can process together
 * with all services and the restarts.
 */
public final class Traffic {

    private static final int ACCOUNTS = 4;
    private static final int SOCKETS_OF_EACH = 2;
    private static final int AT_ONCE = 16;
    private static final Duration CATCH_UP = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Frontdesk frontdesk;
    private final Phase phase;
    private final AtomicInteger reconnects = new AtomicInteger();
    private final List<Account> accounts;
    private final List<String> tokens;
    private final List<List<LiveSocket>> sockets;
    private final Disposable.Composite requests = Disposables.composite();
    private final Disposable.Composite listening = Disposables.composite();

    private Traffic(Frontdesk frontdesk, Phase phase, List<Account> accounts, List<String> tokens) {
        this.frontdesk = frontdesk;
        this.phase = phase;
        this.accounts = accounts;
        this.tokens = tokens;
        this.sockets = tokens.stream().map(this::socketsOf).toList();
    }

    /** Signs a few people up and logs them in. */
    public static Mono<Traffic> prepare(Frontdesk frontdesk, Phase phase) {
        return Flux.range(0, ACCOUNTS)
                .concatMap(_ -> Account.signUp(frontdesk))
                .collectList()
                .flatMap(accounts -> Flux.fromIterable(accounts)
                        .concatMap(account -> frontdesk.logIn(account.email(), account.password()))
                        .collectList()
                        .map(tokens -> new Traffic(frontdesk, phase, accounts, tokens)));
    }

    public void start() {
        sockets.forEach(
                ofOne -> ofOne.forEach(socket -> listening.add(socket.live().subscribe())));
        requests.add(every(Duration.ofMillis(100), "list sessions", () -> frontdesk.sessions(any(tokens))));
        requests.add(every(Duration.ofMillis(200), "cache", this::storeAndRead));
        requests.add(every(Duration.ofSeconds(1), "log in and out", this::visit));
        requests.add(every(Duration.ofSeconds(2), "sign up", this::signUp));
    }

    /** Ends the requests, and each socket once it has received all notifications of its account. */
    public Mono<Void> stop() {
        requests.dispose();
        return Flux.interval(LOOK_AGAIN)
                .onBackpressureDrop()
                .takeUntil(_ -> caughtUp())
                .then()
                .timeout(CATCH_UP)
                .onErrorResume(_ -> {
                    phase.failed("socket: the last notifications did not come");
                    return Mono.empty();
                })
                .doFinally(_ -> {
                    sockets.forEach(ofOne -> ofOne.forEach(LiveSocket::leave));
                    listening.dispose();
                });
    }

    /** How often a socket was asked to reconnect, and did. */
    public int reconnects() {
        return reconnects.get();
    }

    public int sockets() {
        return ACCOUNTS * SOCKETS_OF_EACH;
    }

    private boolean caughtUp() {
        return sockets.stream()
                .allMatch(ofOne ->
                        ofOne.stream().mapToLong(LiveSocket::lastSeq).distinct().count() == 1);
    }

    private Disposable every(Duration pace, String name, Supplier<Mono<Void>> work) {
        return Flux.interval(pace)
                .onBackpressureDrop()
                .flatMap(_ -> phase.counted(name, Mono.defer(work)), AT_ONCE)
                .subscribe();
    }

    private Mono<Void> storeAndRead() {
        String key = "k" + ThreadLocalRandom.current().nextInt(1000);
        String value = "{\"n\":" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE) + "}";
        return frontdesk
                .store(key, value)
                .then(frontdesk.stored(key))
                // Another client may have stored a value in between; the returned value is complete in any case.
                .filter(found -> found.startsWith("{\"n\":") && found.endsWith("}"))
                .switchIfEmpty(Mono.error(() -> new Unexpected("another value than was stored")))
                .then();
    }

    private Mono<Void> visit() {
        Account account = any(accounts);
        return frontdesk
                .logIn(account.email(), account.password())
                .flatMap(token -> frontdesk.sessions(token).then(frontdesk.logOut(token)));
    }

    private Mono<Void> signUp() {
        Account stranger = Account.stranger();
        return frontdesk.register(stranger.email(), stranger.password());
    }

    private List<LiveSocket> socketsOf(String token) {
        List<LiveSocket> ofOne = new ArrayList<>();
        for (int i = 0; i < SOCKETS_OF_EACH; i++) {
            ofOne.add(new LiveSocket(frontdesk, token, phase, reconnects));
        }
        return List.copyOf(ofOne);
    }

    private static <T> T any(List<T> list) {
        return list.get(ThreadLocalRandom.current().nextInt(list.size()));
    }
}
