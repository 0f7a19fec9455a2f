package dev.frontdesk.loadtests.signups;

import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.registration.passwords.PasswordProperties;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** The baseline: the hash rate of this machine's processors without other load. */
final class Processors implements AutoCloseable {

    /** The defaults of the service. */
    private static final PasswordProperties USUAL = new PasswordProperties(19_456, 2, 0, 64);

    private final PasswordHashing hashing = new PasswordHashing(USUAL);

    int number() {
        return USUAL.threads();
    }

    /** @return hashes a second */
    double hashFor(Duration time) {
        var password = new Password(People.PASSWORD);
        long start = System.nanoTime();
        Long hashes = Flux.range(0, number())
                .flatMap(_ -> hashing.hash(password).repeat(() -> System.nanoTime() - start < time.toNanos()), number())
                .count()
                .block();
        return (hashes == null ? 0 : hashes) / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() {
        hashing.destroy();
    }
}
