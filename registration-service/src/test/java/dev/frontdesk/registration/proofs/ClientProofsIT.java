package dev.frontdesk.registration.proofs;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RunningService
class ClientProofsIT {

    private static final ClientRange OWNER = ClientRange.of("203.0.113.7");
    private static final ClientRange STRANGER = ClientRange.of("198.51.100.9");

    private static final String SAME = "same";

    /** As many as there are connections; more would wait outside the database. */
    private static final int AT_ONCE = 12;

    @Autowired
    private ClientProofs proofs;

    @Autowired
    private Proofs proofsOfAccounts;

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
    void keepTheCodeOfTheOwnerWhenAStrangerAsks() {
        ask(OWNER, "owner's");
        ask(STRANGER, "stranger's");

        Proof proof = prove("owner's");

        assertThat(proof).isNotNull();
        assertThat(proof.subject()).isEqualTo(email.hash());
        assertThat(prove("stranger's")).isNull();
        assertThat(prove("owner's")).isNull();
    }

    @Test
    void useUpAllWhenTheNewestIsProved() {
        ask(OWNER, "owner's");
        ask(STRANGER, "stranger's");
        assertThat(prove("stranger's")).isNotNull();
        assertThat(prove("owner's")).isNull();
        assertThat(proveToken("owner's")).isNull();
    }

    @Test
    void useUpAllByTheTokenOfOne() {
        ask(OWNER, "owner's");
        ask(STRANGER, "stranger's");
        assertThat(proveToken("owner's")).isNotNull();
        assertThat(proveToken("owner's")).isNull();
        assertThat(proveToken("stranger's")).isNull();
        assertThat(prove("stranger's")).isNull();
    }

    @Test
    void replaceTheCodeOfTheClientThatAsksAgain() {
        ask(OWNER, "first");
        clock.advance(Duration.ofSeconds(60));
        ask(OWNER, "second");
        assertThat(prove("first")).isNull();
        assertThat(proveToken("first")).isNull();
        assertThat(prove("second")).isNotNull();
    }

    @Test
    void makeEachClientWaitForItself() {
        ask(OWNER, "owner's");
        ask(STRANGER, "stranger's");
        refuse(OWNER, "resend_wait", 1);
        refuse(STRANGER, "resend_wait", 1);
        clock.advance(Duration.ofSeconds(60));
        ask(OWNER, "owner's");
    }

    @Test
    void giveEachClientFiveCodesADay() {
        for (int i = 0; i < 5; i++) {
            ask(STRANGER, "stranger's");
            clock.advance(Duration.ofSeconds(60));
        }
        refuse(STRANGER, "codes_per_day", 5);
        ask(OWNER, "owner's");
        assertThat(prove("owner's")).isNotNull();

        clock.advance(Duration.ofHours(24));
        ask(STRANGER, "stranger's");
    }

    @Test
    void giveAnAddressTwentyCodesADay() {
        for (int i = 0; i < 20; i++) {
            ask(ClientRange.of("203.0.114." + i), SAME);
        }
        refuse(OWNER, "codes_per_day", 20);
        assertThat(row("codes")).isEqualTo("20");
        assertThat(stores.proofCodes(email.hash())).hasSize(20);
        clock.advance(Duration.ofHours(24));
        ask(OWNER, "owner's");
    }

    @Test
    void decideOnceOfManyAtOnce() {
        assertThat(askedAtOnce(50, _ -> OWNER)).isEqualTo(1);
        assertThat(row("codes")).isEqualTo("1");
        assertThat(askedAtOnce(50, i -> ClientRange.of("203.0.115." + i))).isEqualTo(19);
        assertThat(row("codes")).isEqualTo("20");
    }

    @Test
    void letThreeCodesOfAnAddressWorkAtOnce() {
        for (int i = 0; i < 4; i++) {
            ask(ClientRange.of("203.0.113." + i), "code " + i);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(prove("code 0")).isNull();
        assertThat(prove("code 1")).isNotNull();
    }

    @Test
    void letEveryLinkWork() {
        for (int i = 0; i < 6; i++) {
            ask(ClientRange.of("203.0.113." + i), "code " + i);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(proveToken("code 0")).isNotNull();
        assertThat(proveToken("code 5")).isNull();
    }

    @Test
    void areNotUsedUpByOneFromBeforeAPasswordChange() {
        proofs.ask(proof("before", 0), STRANGER).block();
        proofs.ask(proof("after", 1), OWNER).block();
        assertThat(prove("before")).isNull();
        assertThat(proveToken("before")).isNull();
        assertThat(prove("after")).isNotNull();
    }

    @Test
    void countAGuessAtEveryCodeThatWorks() {
        ask(OWNER, "owner's");
        ask(STRANGER, "stranger's");
        for (int i = 0; i < 4; i++) {
            prove("wrong");
        }
        assertThat(stores.proofCodes(email.hash()))
                .extracting(row -> row.get("code_attempts"))
                .containsOnly("4");
        // A newer code allows five attempts, the older ones one more.
        ask(ClientRange.of("192.0.2.1"), "third");
        prove("wrong");
        assertThat(prove("owner's")).isNull();
        assertThat(row("attempts")).isEqualTo("6");
        assertThat(prove("third")).isNotNull();
    }

    @Test
    void compareNoMoreThanFiveOfManyWrongCodesAndCountThemOnce() {
        ask(OWNER, "owner's");
        ask(STRANGER, "stranger's");
        assertThat(inParallel("wrong")).isEmpty();
        assertThat(row("attempts")).isEqualTo("5");
        assertThat(prove("owner's")).isNull();
        assertThat(prove("stranger's")).isNull();
    }

    @Test
    void countTheGuessesAtAllCodesOfAWindow() {
        for (int codes = 0; codes < 6; codes++) {
            ask(ClientRange.of("203.0.113." + codes), SAME);
            for (int i = 0; i < 5; i++) {
                prove("wrong");
            }
        }
        assertThat(row("attempts")).isEqualTo("25");
        ask(OWNER, "owner's");
        assertThat(prove("owner's")).isNull();
    }

    @Test
    void takeOneCodeOnceOfManyAtOnce() {
        ask(OWNER, "owner's");
        ask(STRANGER, "stranger's");
        assertThat(inParallel("owner's")).hasSize(1);
    }

    @Test
    void giveAllCodesBackWhenWhatOneProvesFails() {
        ask(OWNER, "owner's");
        ask(STRANGER, "stranger's");
        Mono<Proof> fails = proofs.proveByCode(ACME, Purpose.PASSWORD_RESET, email.hash(), "owner's")
                .flatMap(_ -> Mono.<Proof>error(new IllegalStateException("the database went away")))
                .as(transaction::transactional);
        assertThat(fails.onErrorResume(_ -> Mono.empty()).blockOptional()).isEmpty();
        assertThat(row("attempts")).isEqualTo("0");
        assertThat(prove("stranger's")).isNotNull();
    }

    @Test
    void writeNothingWhenAClientIsRefused() {
        ask(OWNER, "owner's");
        var before = stores.proofs(email.hash());
        refuse(OWNER, "resend_wait", 1);
        assertThat(stores.proofs(email.hash())).isEqualTo(before);
        assertThat(prove("owner's")).isNotNull();
    }

    @Test
    void expireEachByItself() {
        ask(OWNER, "owner's");
        clock.advance(Duration.ofMinutes(9));
        ask(STRANGER, "stranger's");
        clock.advance(Duration.ofMinutes(1));
        assertThat(prove("owner's")).isNull();
        assertThat(proveToken("owner's")).isNull();
        assertThat(prove("stranger's")).isNotNull();
    }

    @Test
    void goWhenTheyAreOver() {
        ask(OWNER, "owner's");
        clock.advance(Duration.ofHours(23));
        ask(STRANGER, "stranger's");
        clock.advance(Duration.ofHours(2));

        purge.run().block();

        assertThat(stores.proofCodes(email.hash())).hasSize(1);
        assertThat(stores.proofs(email.hash())).hasSize(1);
        clock.advance(Duration.ofHours(25));
        purge.run().block();
        assertThat(stores.proofCodes(email.hash())).isEmpty();
        assertThat(stores.proofs(email.hash())).isEmpty();
    }

    @Test
    void goWithTheirAccount() {
        ask(OWNER, "owner's");
        proofsOfAccounts.forget(ACME, account, email).block();
        assertThat(stores.proofs(email.hash())).isEmpty();
        assertThat(stores.proofCodes(email.hash())).isEmpty();
    }

    private void ask(ClientRange client, String code) {
        proofs.ask(proof(code), client).block();
    }

    private void refuse(ClientRange client, String reason, int limit) {
        assertThatThrownBy(() -> ask(client, "refused")).isInstanceOfSatisfying(ProofLimitExceeded.class, refusal -> {
            assertThat(refusal.getBody().getProperties()).containsEntry("reason", reason);
            assertThat(refusal.getBody().getProperties()).containsEntry("limit", (long) limit);
        });
    }

    private long askedAtOnce(int times, IntFunction<ClientRange> client) {
        return Objects.requireNonNull(Flux.fromStream(IntStream.range(0, times).mapToObj(client))
                .flatMap(
                        it -> proofs.ask(proof(SAME), it)
                                .thenReturn(true)
                                .onErrorReturn(ProofLimitExceeded.class, false),
                        AT_ONCE)
                .filter(asked -> asked)
                .count()
                .block());
    }

    private Proof proof(String code) {
        return proof(code, 0);
    }

    private Proof proof(String code, long credentialsVersion) {
        return new Proof(
                ACME,
                Purpose.PASSWORD_RESET,
                email.hash(),
                UUID.randomUUID(),
                account,
                credentialsVersion,
                null,
                code,
                tokenOf(code),
                clock.instant().plus(Duration.ofMinutes(10)));
    }

    /** Several clients have the same code here; in reality no two tokens are equal. */
    private String tokenOf(String code) {
        return code.equals(SAME) ? UUID.randomUUID().toString() : code + " of " + email.value();
    }

    private @Nullable Proof prove(String code) {
        return proofs.proveByCode(ACME, Purpose.PASSWORD_RESET, email.hash(), code)
                .as(transaction::transactional)
                .block();
    }

    private @Nullable Proof proveToken(String code) {
        return proofs.proveByToken(ACME, Purpose.PASSWORD_RESET, tokenOf(code))
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
