package dev.frontdesk.registration.passwords;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Argon2id (RFC 9106) on threads of its own, called {@code password-hashing-N}: a hash takes tens of milliseconds and
 * megabytes on purpose, so few run at once, few wait, and the next one is refused ({@code RejectedExecutionException},
 * told to clients as 503 overloaded) instead of making everybody wait.
 */
@Component
public final class PasswordHashing implements DisposableBean {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;

    private final Argon2PasswordEncoder argon2id;
    private final Scheduler threads;

    /** Nobody's: checked where there is no account, so that this takes as long as where there is one. */
    private final String decoy;

    public PasswordHashing(PasswordProperties properties) {
        this.argon2id =
                new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, properties.memory(), properties.iterations());
        this.threads = Schedulers.fromExecutorService(executor(properties.threads(), properties.queue()));
        this.decoy = encode("nobody's password");
    }

    private static ThreadPoolExecutor executor(int threads, int queue) {
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                new CustomizableThreadFactory("password-hashing-"));
    }

    /** @return the hash with its salt and parameters, as a PHC string */
    public Mono<String> hash(Password password) {
        return onItsThreads(() -> encode(password.value()));
    }

    public Mono<Boolean> matches(Password password, String hash) {
        return onItsThreads(() -> argon2id.matches(password.value(), hash));
    }

    /** Takes as long as {@link #matches}, and is always false. */
    public Mono<Boolean> matchesNobody(Password password) {
        return matches(password, decoy).map(_ -> false);
    }

    private <T> Mono<T> onItsThreads(Supplier<T> work) {
        return Mono.fromSupplier(work).subscribeOn(threads).publishOn(Schedulers.parallel());
    }

    private String encode(String password) {
        String hash = argon2id.encode(password);
        if (hash == null) {
            throw new IllegalStateException("No hash");
        }
        return hash;
    }

    @Override
    public void destroy() {
        threads.dispose();
    }
}
