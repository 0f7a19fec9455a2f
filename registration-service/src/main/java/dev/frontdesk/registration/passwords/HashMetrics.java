package dev.frontdesk.registration.passwords;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Publishes how many hashes this instance computes, and how many wait: the most expensive work that an anonymous client
 * can cause.
 */
@Configuration(proxyBeanMethods = false)
class HashMetrics {

    @Bean
    MeterBinder passwordHashes(PasswordHashing hashing) {
        return registry -> FunctionCounter.builder(
                        "frontdesk.registration.password.hashes", hashing, PasswordHashing::computed)
                .description("Password hashes computed")
                .register(registry);
    }

    @Bean
    MeterBinder passwordHashingThreads(PasswordHashing hashing) {
        return hashing.threadMetrics();
    }
}
