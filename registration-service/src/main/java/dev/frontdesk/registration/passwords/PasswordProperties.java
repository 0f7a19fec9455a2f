package dev.frontdesk.registration.passwords;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How passwords are hashed. The defaults are the minimum that OWASP's Password Storage Cheat Sheet recommends for
 * Argon2id.
 *
 * @param memory memory of one hash in KiB
 * @param iterations passes over that memory
 * @param threads concurrent hashes; 0 means one per core, but at most 4, because each needs that memory
 * @param queue hashes that may wait for a thread; further ones are refused as overload
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
