package dev.frontdesk.registration.passwords;

import dev.frontdesk.kit.tracing.TraceLog;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Argon2id (RFC 9106) on its own threads. A hash deliberately takes tens of milliseconds and megabytes, so few run at
 * once and few wait. Further ones are refused ({@link HashQueueFull}) so that they do not slow down all others.
 */
@Component
public final class PasswordHashing implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(PasswordHashing.class);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;

    private final SecureRandom random = new SecureRandom();
    private final LongAdder computed = new LongAdder();
    private final Argon2id argon2id;
    private final Argon2Parameters parameters;
    private final HashingThreads threads;

    /** Belongs to no account. Checked when there is no account, so that the response takes as long as with one. */
    private final PasswordHash decoy;

    @Autowired
    public PasswordHashing(PasswordProperties properties) {
        this(properties, Argon2Library.fastest());
    }

    PasswordHashing(PasswordProperties properties, Argon2id argon2id) {
        this.argon2id = argon2id;
        this.parameters = new Argon2Parameters(properties.memory(), properties.iterations(), LANES);
        this.threads = new HashingThreads(properties.threads(), properties.queue());
        this.decoy = hashNow(new Password("nobody's password"));
    }

    /** @return the hash with its salt and parameters, as a PHC string; fails with {@link HashQueueFull} under load */
    public Mono<String> hash(Password password) {
        return threads.run(() -> hashNow(password).phc());
    }

    /** Like {@link #hash}, but yields to other requests: empty when another password is already waiting. */
    public Mono<String> hashIfIdle(Password password) {
        return Mono.defer(() -> threads.areIdle() ? hash(password) : Mono.empty())
                .onErrorResume(HashQueueFull.class, _ -> Mono.empty());
    }

    /** @param hash PHC string; its own parameters are used */
    public Mono<Boolean> matches(Password password, String hash) {
        return Mono.deferContextual(context ->
                threads.run(() -> TraceLog.call(context, () -> matchesNow(password, hash))));
    }

    /** For an unknown account: takes as long as {@link #matches}, and is always false. */
    public Mono<Boolean> matchesDecoy(Password password) {
        return threads.run(() -> {
            matchesNow(password, decoy);
            return false;
        });
    }

    /** A placeholder hash for accounts without a password: every password is wrong, and takes as long to check. */
    public String noPassword() {
        return PasswordHash.ofNone(parameters, newSalt(), HASH_BYTES).phc();
    }

    /** @param hash PHC string */
    public static boolean isNoPassword(String hash) {
        try {
            return PasswordHash.read(hash).isOfNone();
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
    }

    /** Whether the hash was made with other parameters than those configured now. */
    public boolean isOutdated(String hash) {
        var stored = PasswordHash.read(hash);
        return !stored.parameters().equals(parameters) || stored.hash().length != HASH_BYTES;
    }

    private PasswordHash hashNow(Password password) {
        byte[] salt = newSalt();
        return new PasswordHash(parameters, salt, compute(password, salt, parameters, HASH_BYTES));
    }

    private byte[] newSalt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private boolean matchesNow(Password password, String hash) {
        PasswordHash stored;
        try {
            stored = PasswordHash.read(hash);
        } catch (IllegalArgumentException notOurs) {
            log.warn("A stored password hash is unreadable; its owner must reset it: {}", notOurs.getMessage());
            matchesNow(password, decoy);
            return false;
        }
        return matchesNow(password, stored);
    }

    private boolean matchesNow(Password password, PasswordHash stored) {
        byte[] expected = stored.hash();
        byte[] computed = compute(password, stored.salt(), stored.parameters(), expected.length);
        return MessageDigest.isEqual(expected, computed);
    }

    private byte[] compute(Password password, byte[] salt, Argon2Parameters cost, int length) {
        byte[] secret = password.utf8();
        computed.increment();
        try {
            return argon2id.hash(secret, salt, cost, length);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The number of hashes computed so far. */
    public long computed() {
        return computed.sum();
    }

    MeterBinder threadMetrics() {
        return threads.metrics();
    }

    @Override
    public void destroy() {
        threads.end();
    }
}
