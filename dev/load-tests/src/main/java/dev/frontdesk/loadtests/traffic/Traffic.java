package dev.frontdesk.loadtests.traffic;

import dev.frontdesk.loadtests.http.Frontdesk;
import dev.frontdesk.loadtests.http.Unexpected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A mix of all features at a steady rate: at the usual pace about twenty-five requests a second, which two cores can
 * process together with all services and the restarts.
 */
public final class Traffic {

    private static final int ACCOUNTS = 4;
    private static final int SOCKETS_OF_EACH = 2;
    private static final int AT_ONCE = 16;
    private static final String QUEUE = "load";
    private static final Duration CATCH_UP = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /**
     * One kind of journey.
     *
     * @param pace time between two of them, at the usual pace
     */
    private record Journey(String name, Duration pace, Supplier<Mono<Void>> work) {

        double rate() {
            return 1e9 / pace.toNanos();
        }
    }

    private final Frontdesk frontdesk;
    private final Phase phase;
    private final List<Journey> journeys = List.of(
            new Journey("list sessions", Duration.ofMillis(100), this::listSessions),
            new Journey("cache", Duration.ofMillis(200), this::storeAndRead),
            new Journey("log in and out", Duration.ofSeconds(1), this::visit),
            new Journey("sign up", Duration.ofSeconds(2), this::signUp));
    private final List<Journey> longJourneys = List.of(
            new Journey("work on a job", Duration.ofMillis(500), this::work),
            new Journey("sign up and verify", Duration.ofSeconds(5), this::signUpAndVerify));
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
        journeys.forEach(journey -> requests.add(every(journey, 1)));
    }

    /** Also adds and completes jobs, and verifies sign-ups. */
    public Mono<Void> prepareLongJourneys() {
        return frontdesk.createQueue(QUEUE);
    }

    /**
     * As many journeys as the installation can process: each of these visitors begins the next one when its last one
     * has ended.
     *
     * @return journeys a second, as a multiple of the usual pace
     */
    public Mono<Double> hurry(int visitors, Duration time) {
        List<Journey> all = all();
        double rate = all.stream().mapToDouble(Journey::rate).sum();
        var ended = new AtomicInteger();
        return Flux.range(0, visitors)
                .flatMap(
                        _ -> Mono.defer(() -> phase.counted("in a hurry", anyOf(all, rate)))
                                .doFinally(_ -> ended.incrementAndGet())
                                .repeat(),
                        visitors)
                .take(time)
                .then(Mono.fromCallable(() -> ended.get() / (time.toNanos() / 1e9) / rate));
    }

    /** @param times the usual pace */
    public void startAll(double times) {
        sockets.forEach(
                ofOne -> ofOne.forEach(socket -> listening.add(socket.live().subscribe())));
        all().forEach(journey -> requests.add(every(journey, times)));
    }

    private List<Journey> all() {
        return Stream.concat(journeys.stream(), longJourneys.stream()).toList();
    }

    /** One of them, as often as its rate asks for. */
    private static Mono<Void> anyOf(List<Journey> all, double rate) {
        double at = ThreadLocalRandom.current().nextDouble(rate);
        for (Journey journey : all) {
            at -= journey.rate();
            if (at < 0) {
                return journey.work().get();
            }
        }
        return all.getLast().work().get();
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

    private Disposable every(Journey journey, double times) {
        return Flux.interval(Duration.ofNanos((long) (journey.pace().toNanos() / times)))
                .onBackpressureDrop()
                .flatMap(_ -> phase.counted(journey.name(), Mono.defer(journey.work())), AT_ONCE)
                .subscribe();
    }

    private Mono<Void> listSessions() {
        return frontdesk.sessions(any(tokens));
    }

    private Mono<Void> work() {
        return frontdesk.workOn(QUEUE);
    }

    private Mono<Void> signUpAndVerify() {
        return Account.signUp(frontdesk).then();
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
        return Account.register(frontdesk).then();
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
