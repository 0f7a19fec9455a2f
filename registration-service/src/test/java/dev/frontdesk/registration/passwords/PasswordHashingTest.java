package dev.frontdesk.registration.passwords;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PasswordHashingTest {

    private static final Password PASSWORD = new Password("violet harbour 42");

    /** One thread, and places for three that wait. */
    private static final PasswordProperties PROPERTIES = new PasswordProperties(19_456, 2, 1, 3);

    private final PasswordHashing hashing = new PasswordHashing(PROPERTIES);

    @AfterEach
    void endThreads() {
        hashing.destroy();
    }

    @Test
    void hashesWithTheParametersOfOwasp() {
        var defaults = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("frontdesk.registration.passwords", PasswordProperties.class);
        var byDefault = new PasswordHashing(defaults);
        verifyEnded(byDefault.hash(PASSWORD))
                .assertNext(
                        hash -> assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$]{22}\\$[^$]{43}"))
                .verifyComplete();
        byDefault.destroy();
    }

    @Test
    void saltsEachHash() {
        verifyEnded(Mono.zip(hashing.hash(PASSWORD), hashing.hash(PASSWORD)))
                .assertNext(two -> assertThat(two.getT1()).isNotEqualTo(two.getT2()))
                .verifyComplete();
    }

    @Test
    void knowsTheRightPassword() {
        String hash = hashing.hash(PASSWORD).block();
        assertThat(hash).isNotNull();
        verifyEnded(hashing.matches(PASSWORD, hash)).expectNext(true).verifyComplete();
        verifyEnded(hashing.matches(new Password("violet harbour 43"), hash))
                .expectNext(false)
                .verifyComplete();
    }

    /** A test vector of the reference implementation: the parameters come from the hash. */
    @Test
    void readsHashesOfOthers() {
        String hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        verifyEnded(hashing.matches(new Password("password"), hash))
                .expectNext(true)
                .verifyComplete();
    }

    @Test
    void takesTheSameCharactersFromEveryKeyboard() {
        String hash = hashing.hash(new Password("caf\u00E9 au lait")).block();
        assertThat(hash).isNotNull();
        verifyEnded(hashing.matches(new Password("cafe\u0301 au lait"), hash))
                .expectNext(true)
                .verifyComplete();
    }

    @Test
    void isNeverCut() {
        String hash = hashing.hash(new Password("x".repeat(127) + "a")).block();
        assertThat(hash).isNotNull();
        verifyEnded(hashing.matches(new Password("x".repeat(127) + "b"), hash))
                .expectNext(false)
                .verifyComplete();
    }

    @Test
    void matchesNoPasswordWithoutAnAccount() {
        verifyEnded(hashing.matchesDecoy(new Password("nobody's password")))
                .expectNext(false)
                .verifyComplete();
    }

    @Test
    void refusesWhatNeitherRunsNorMayWait() {
        var held = new HeldArgon2id();
        var busy = new PasswordHashing(PROPERTIES, held);
        held.hold();
        var refused = new AtomicInteger();

        StepVerifier.create(Flux.range(0, 20)
                        .flatMap(
                                _ -> busy.hash(PASSWORD).onErrorResume(HashQueueFull.class, _ -> {
                                    refused.incrementAndGet();
                                    return Mono.empty();
                                }),
                                20)
                        .count())
                .then(held::release)
                // One runs and three wait.
                .expectNext(4L)
                .verifyComplete();

        assertThat(refused).hasValue(16);
        verifyEnded(busy.hash(PASSWORD)).expectNextCount(1).verifyComplete();
        busy.destroy();
    }

    @Test
    void givesWayWhenItMay() {
        var held = new HeldArgon2id();
        var busy = new PasswordHashing(PROPERTIES, held);
        verifyEnded(busy.hashIfIdle(PASSWORD)).expectNextCount(1).verifyComplete();
        held.hold();
        var two = Flux.range(0, 2).flatMap(_ -> busy.hash(PASSWORD), 2).cache();
        two.subscribe();

        verifyEnded(busy.hashIfIdle(PASSWORD)).verifyComplete();

        held.release();
        verifyEnded(two).expectNextCount(2).verifyComplete();
        busy.destroy();
    }

    @Test
    void knowsWhatWasHashedAtAnotherCost() {
        String hash = hashing.hash(PASSWORD).block();
        assertThat(hash).isNotNull();
        assertThat(hashing.isOutdated(hash)).isFalse();
        for (var other : new String[][] {{"m=19456", "m=9216"}, {"t=2", "t=3"}, {"p=1", "p=2"}}) {
            assertThat(hashing.isOutdated(hash.replace(other[0], other[1]))).isTrue();
        }
    }

    @Test
    void hasASensibleDefaultOfThreads() {
        int cores = Runtime.getRuntime().availableProcessors();
        assertThat(new PasswordProperties(19_456, 2, 0, 64).threads()).isEqualTo(Math.min(4, cores));
        assertThat(new PasswordProperties(19_456, 2, 7, 64).threads()).isEqualTo(7);
    }

    /** Computes nothing, and while it is held does not return. */
    private static final class HeldArgon2id implements Argon2id {

        private volatile CountDownLatch mayEnd = new CountDownLatch(0);

        void hold() {
            mayEnd = new CountDownLatch(1);
        }

        void release() {
            mayEnd.countDown();
        }

        @Override
        public byte[] hash(byte[] password, byte[] salt, Argon2Parameters parameters, int length) {
            try {
                mayEnd.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return new byte[length];
        }
    }
}
