package dev.frontdesk.loadtests.traffic;

import dev.frontdesk.loadtests.http.Frontdesk;
import dev.frontdesk.loadtests.http.Unexpected;
import java.time.Duration;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** An account that was created for this run. */
record Account(String email, String password) {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    static Mono<Account> signUp(Frontdesk frontdesk) {
        return register(frontdesk).flatMap(account -> verify(frontdesk, account));
    }

    private static Mono<Account> verify(Frontdesk frontdesk, Account account) {
        return Flux.interval(LOOK_AGAIN)
                .onBackpressureDrop()
                .concatMap(_ -> frontdesk.codeOf(account.email()), 1)
                .next()
                .timeout(PATIENCE)
                .flatMap(code -> frontdesk.verify(account.email(), code))
                .thenReturn(account);
    }

    /** One of a thousand random passwords counts as breached, because the filter of those is not exact. */
    static Mono<Account> register(Frontdesk frontdesk) {
        return Mono.defer(() -> {
                    var account = stranger();
                    return frontdesk
                            .register(account.email(), account.password())
                            .thenReturn(account);
                })
                .retryWhen(Retry.max(1).filter(Account::isRefused));
    }

    private static boolean isRefused(Throwable error) {
        return error instanceof Unexpected && String.valueOf(error.getMessage()).startsWith("status 400");
    }

    /** A new address, and a random password. */
    private static Account stranger() {
        return new Account("load-" + UUID.randomUUID() + "@example.org", "load " + UUID.randomUUID());
    }
}
