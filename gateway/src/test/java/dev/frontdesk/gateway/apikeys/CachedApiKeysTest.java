package dev.frontdesk.gateway.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class CachedApiKeysTest {

    private static final UUID ID = UUID.randomUUID();
    private static final long UNAVAILABLE = -1;
    private static final long NONE = 0;

    private final AtomicLong nanos = new AtomicLong();
    private final Map<UUID, KnownApiKey> stored = new HashMap<>();
    private final Map<UUID, KnownApiKey> copies = new HashMap<>();
    private final List<UUID> asked = new ArrayList<>();
    private boolean isDown;
    private Mono<Void> delay = Mono.empty();

    private final CachedApiKeys keys = new CachedApiKeys(this::ask, id -> Mono.justOrEmpty(copies.get(id)), nanos::get);

    private Mono<Optional<KnownApiKey>> ask(UUID id) {
        asked.add(id);
        if (isDown) {
            return Mono.error(new IllegalStateException("down"));
        }
        var answer = Optional.ofNullable(stored.get(id));
        return delay.thenReturn(answer);
    }

    @Test
    void asksAgainAfterThirtySeconds() {
        stored.put(ID, version(1));
        assertThat(found()).isEqualTo(1);
        stored.put(ID, version(2));

        passes(Duration.ofSeconds(29));
        assertThat(found()).isEqualTo(1);
        passes(Duration.ofSeconds(1));
        assertThat(found()).isEqualTo(2);
        assertThat(asked).hasSize(2);
    }

    @Test
    void remembersForMomentsThatThereIsNoKey() {
        assertThat(found()).isEqualTo(NONE);
        assertThat(found()).isEqualTo(NONE);
        assertThat(asked).hasSize(1);

        stored.put(ID, version(1));
        passes(Duration.ofSeconds(2));
        assertThat(found()).isEqualTo(1);
    }

    @Test
    void goesOnWithAKnownKeyForTenMinutes() {
        stored.put(ID, version(1));
        assertThat(found()).isEqualTo(1);
        isDown = true;

        passes(Duration.ofMinutes(9));
        assertThat(found()).isEqualTo(1);
        passes(Duration.ofMinutes(1));
        assertThat(found()).isEqualTo(UNAVAILABLE);

        copies.put(ID, version(3));
        assertThat(found()).isEqualTo(3);
    }

    @Test
    void asksOnceInAWhileDuringAnOutage() {
        stored.put(ID, version(1));
        assertThat(found()).isEqualTo(1);
        isDown = true;
        passes(Duration.ofMinutes(1));

        for (int i = 0; i < 10; i++) {
            assertThat(found()).isEqualTo(1);
        }
        assertThat(asked).hasSize(2);
        passes(Duration.ofSeconds(2));
        assertThat(found()).isEqualTo(1);
        assertThat(asked).hasSize(3);
    }

    @Test
    void saysOfAnUnexpectedSecretOnlyWhatItCanKnow() {
        stored.put(ID, version(1));
        assertThat(found()).isEqualTo(1);
        assertThat(foundAgain()).as("moments old").isEqualTo(NONE);
        passes(Duration.ofSeconds(2));
        stored.put(ID, version(2));
        assertThat(foundAgain()).isEqualTo(2);

        passes(Duration.ofSeconds(2));
        isDown = true;
        assertThat(foundAgain()).isEqualTo(UNAVAILABLE);
        assertThat(foundAgain()).isEqualTo(UNAVAILABLE);
        assertThat(asked).hasSize(3);
    }

    @Test
    void usesNoCopyThatIsOlderThanWhatItHasSeen() {
        stored.put(ID, version(5));
        assertThat(found()).isEqualTo(5);
        isDown = true;
        copies.put(ID, version(4));
        passes(Duration.ofSeconds(1));
        keys.mayHaveMissed();

        assertThat(found()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void usesNothingOlderThanAChangeThatItHeardOf() {
        stored.put(ID, version(1));
        assertThat(found()).isEqualTo(1);
        keys.changed(ID, 2);
        isDown = true;
        assertThat(found()).isEqualTo(UNAVAILABLE);

        copies.put(ID, version(1));
        assertThat(found()).isEqualTo(UNAVAILABLE);
        copies.put(ID, version(2));
        assertThat(found()).isEqualTo(2);
        keys.changed(ID, 1);
        assertThat(found()).isEqualTo(2);
    }

    @Test
    void asksOncePerKeyHoweverManyCallAtOnce() {
        Sinks.Empty<Void> arrival = Sinks.empty();
        stored.put(ID, version(1));
        delay = arrival.asMono();
        var results = Stream.generate(() -> keys.find(ID, () -> {}).toFuture())
                .limit(30)
                .toList();
        results.getFirst().cancel(true);
        assertThat(asked).hasSize(1);

        arrival.tryEmitEmpty();

        assertThat(results.subList(1, 30))
                .allMatch(result -> result.join().record().version() == 1);
        assertThat(found()).isEqualTo(1);
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksAgainIfAChangeCameWhileTheAnswerWasOnItsWay() {
        Sinks.Empty<Void> arrival = Sinks.empty();
        stored.put(ID, version(1));
        delay = arrival.asMono();
        var result = keys.find(ID, () -> {}).toFuture();

        delay = Mono.empty();
        stored.put(ID, version(2));
        keys.changed(ID, 2);
        arrival.tryEmitEmpty();

        assertThat(result.join().record().version()).isEqualTo(2);
    }

    @Test
    void usesNothingOfBeforeALostConnection() {
        stored.put(ID, version(1));
        assertThat(found()).isEqualTo(1);
        passes(Duration.ofSeconds(1));
        keys.mayHaveMissed();
        stored.put(ID, version(2));

        assertThat(found()).isEqualTo(2);
    }

    @Test
    void asksNobodyForAClientThatIsRefused() {
        assertThat(keys.find(ID, () -> {
                            throw new ProblemException(ProblemType.RATE_LIMITED, "");
                        })
                        .map(_ -> 1L)
                        .onErrorReturn(UNAVAILABLE)
                        .block())
                .isEqualTo(UNAVAILABLE);
        assertThat(asked).isEmpty();
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** The version that a request now gets. */
    private @Nullable Long found() {
        return version(keys.find(ID, () -> {}));
    }

    private @Nullable Long foundAgain() {
        return version(keys.findAgain(ID, () -> {}));
    }

    private static @Nullable Long version(Mono<KnownApiKey> found) {
        return found.map(key -> key.record().version())
                .defaultIfEmpty(NONE)
                .onErrorReturn(UNAVAILABLE)
                .block();
    }

    private static KnownApiKey version(long version) {
        return KnownApiKey.of(
                new ApiKeyRecord(ID, "acme", "Shop", List.of(), Quotas.NONE, null, version, false, "hash", null, null));
    }
}
