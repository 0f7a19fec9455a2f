package dev.frontdesk.loadtests.traffic;

import dev.frontdesk.loadtests.http.Frontdesk;
import java.time.Duration;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An account that was created for this run. */
record Account(String email, String password) {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    static Mono<Account> signUp(Frontdesk frontdesk) {
        var account = stranger();
        return frontdesk
                .register(account.email(), account.password())
                .then(Flux.interval(LOOK_AGAIN)
                        .onBackpressureDrop()
                        .concatMap(_ -> frontdesk.codeOf(account.email()), 1)
                        .next()
                        .timeout(PATIENCE))
                .flatMap(code -> frontdesk.verify(account.email(), code))
                .thenReturn(account);
    }

    /** A new address, and a random password. */
    static Account stranger() {
        return new Account("load-" + UUID.randomUUID() + "@example.org", "load " + UUID.randomUUID());
    }
}
