package dev.frontdesk.registration.proofs;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RunningService
class ProofsIT {

    private static final String RIGHT = "right";

    /** As many as there are connections; more would wait outside the database. */
    private static final int AT_ONCE = 12;

    @Autowired
    private Proofs proofs;

    @Autowired
    private PasswordAttempts passwords;

    @Autowired
    private ProofPurge purge;

    @Autowired
    private TransactionalOperator transaction;

    @Autowired
    private Stores stores;

    @Autowired
    private MutableClock clock;

    private final EmailAddress email = new EmailAddress(anyEmail());
    private final UUID account = UUID.randomUUID();

    @Test
    void takeACodeOnce() {
        ask();
        assertThat(inParallel(RIGHT)).hasSize(1);
        assertThat(prove(RIGHT)).isNull();
    }

    @Test
    void compareNoMoreThanFiveOfManyWrongCodes() {
        ask();
        assertThat(inParallel("wrong")).isEmpty();
        assertThat(row("code_attempts")).isEqualTo("5");
        assertThat(prove(RIGHT)).isNull();
    }

    @Test
    void giveTheCodeBackWhenWhatItProvesFails() {
        ask();
        Mono<Proof> fails = proofs.proveByCode(ACME, Purpose.PASSWORD_RESET, email.hash(), RIGHT)
                .flatMap(_ -> Mono.<Proof>error(new IllegalStateException("the database went away")))
                .as(transaction::transactional);
        assertThat(fails.onErrorResume(_ -> Mono.empty()).blockOptional()).isEmpty();
        assertThat(row("attempts")).isEqualTo("0");
        assertThat(prove(RIGHT)).isNotNull();
    }

    @Test
    void countTheAttemptsAtAllCodesOfAWindow() {
        for (int codes = 0; codes < 5; codes++) {
            ask();
            for (int i = 0; i < 5; i++) {
                prove("wrong");
            }
            clock.advance(Duration.ofSeconds(60));
        }
        assertThat(row("attempts")).isEqualTo("25");
        clock.advance(Duration.ofHours(24));
        ask();
        assertThat(row("attempts")).isEqualTo("0");
        assertThat(prove(RIGHT)).isNotNull();
    }

    @Test
    void askOnceOfManyAtOnce() {
        var refused = Flux.range(0, 50)
                .flatMap(
                        _ -> proofs.ask(proof()).thenReturn(true).onErrorReturn(ProofLimitExceeded.class, false),
                        AT_ONCE)
                .filter(asked -> !asked)
                .count();
        assertThat(refused.blockOptional()).contains(49L);
        assertThat(row("codes")).isEqualTo("1");
    }

    @Test
    void countPasswordsThatAreTriedAtOnce() {
        var tried = Flux.range(0, 50)
                .flatMap(
                        _ -> passwords
                                .count(ACME, account)
                                .thenReturn(true)
                                .onErrorReturn(PasswordAttemptsExceeded.class, false),
                        AT_ONCE)
                .filter(counted -> counted)
                .count();
        assertThat(tried.blockOptional()).contains(10L);
        clock.advance(Duration.ofHours(1));
        passwords.count(ACME, account).block();
    }

    @Test
    void goWhenTheyAreOver() {
        ask();
        purge.run().block();
        assertThat(stores.proofs(email.hash())).hasSize(1);
        clock.advance(Duration.ofHours(25));
        purge.run().block();
        assertThat(stores.proofs(email.hash())).isEmpty();
    }

    private void ask() {
        proofs.ask(proof()).block();
    }

    private Proof proof() {
        return new Proof(
                ACME,
                Purpose.PASSWORD_RESET,
                email.hash(),
                UUID.randomUUID(),
                account,
                0,
                null,
                RIGHT,
                null,
                clock.instant().plus(Duration.ofMinutes(10)));
    }

    private @Nullable Proof prove(String code) {
        return proofs.proveByCode(ACME, Purpose.PASSWORD_RESET, email.hash(), code)
                .as(transaction::transactional)
                .block();
    }

    private List<Proof> inParallel(String code) {
        return Objects.requireNonNull(Flux.range(0, 200)
                .flatMap(
                        _ -> proofs.proveByCode(ACME, Purpose.PASSWORD_RESET, email.hash(), code)
                                .as(transaction::transactional),
                        AT_ONCE)
                .collectList()
                .block());
    }

    private @Nullable String row(String column) {
        return stores.proofs(email.hash()).getFirst().get(column);
    }
}
