package dev.frontdesk.registration.passwords;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How passwords are hashed. The parameters are those that OWASP's Password Storage Cheat Sheet asks of Argon2id at least.
 *
 * @param memory KiB that one hash fills
 * @param iterations passes over that memory
 * @param threads hashes at work at once; 0 for one a core, and 4 at most: each fills that memory
 * @param queue hashes that may wait for a thread; one more is refused as overload
 */
@ConfigurationProperties("frontdesk.registration.passwords")
public record PasswordProperties(
        @DefaultValue("19456") int memory,
        @DefaultValue("2") int iterations,
        @DefaultValue("0") int threads,
        @DefaultValue("64") int queue) {

    private static final int DEFAULT_THREADS = 4;

    public PasswordProperties {
        threads = threads == 0 ? Math.min(DEFAULT_THREADS, Runtime.getRuntime().availableProcessors()) : threads;
        if (memory < 8 || iterations < 1 || threads < 1 || queue < 1) {
            throw new IllegalArgumentException(
                    "frontdesk.registration.passwords: memory must be at least 8, all else 1");
        }
    }
}
