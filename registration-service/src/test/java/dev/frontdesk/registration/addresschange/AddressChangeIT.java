package dev.frontdesk.registration.addresschange;

import static dev.frontdesk.registration.Mailbox.ADDRESS_ALREADY_REGISTERED;
import static dev.frontdesk.registration.Mailbox.wrong;
import static dev.frontdesk.registration.Members.ADDRESS_CHANGED;
import static dev.frontdesk.registration.Members.ADDRESS_CHANGE_REQUESTED;
import static dev.frontdesk.registration.Members.owner;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@RunningService
class AddressChangeIT {

    private static final String PATH = "/api/v1/users/me/email";
    private static final String VERIFY = PATH + "/verify";

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Autowired
    private MutableClock clock;

    private final Members members;
    private final String old = anyEmail();
    private final String wanted = anyEmail();
    private final Account account;
    private final Caller.Account caller;

    AddressChangeIT(@Autowired Members members) {
        this.members = members;
        this.account = members.ada(old);
        this.caller = owner(account);
    }

    @Test
    void leadsToAnotherAddress() {
        members.get("/api/v1/users/me", caller);

        JsonNode pending = json(ask(wanted).expectStatus().isAccepted());

        assertThat(pending.propertyNames()).containsExactlyInAnyOrder("status", "email", "expires_at", "resend_at");
        String code = code(wanted, 1);
        refused(verify(wrong(code)));
        assertThat(stores.accounts(wanted)).isEmpty();
        JsonNode changed = json(verify(code).expectStatus().isOk());
        assertThat(changed.get("id").asString()).isEqualTo(account.id().toString());
        assertThat(changed.get("email").asString()).isEqualTo(wanted);
        var mine = (ObjectNode) json(members.get("/api/v1/users/me", caller));
        assertThat(mine.remove(List.of("tenant", "roles"))).isEqualTo(changed);
        visitor.logIn(ACME, old, PASSWORD).expectStatus().isUnauthorized();
        visitor.logIn(ACME, wanted, PASSWORD).expectStatus().isOk();
        JsonNode told =
                Mailbox.read(mailbox.awaitEvents(wanted, ADDRESS_CHANGED, 1).getFirst());
        assertThat(told.get("old_email").asString()).isEqualTo(old);
        refused(verify(code));
    }

    @Test
    void tellsOnlyTheHolderOfAnAddress() {
        String taken = anyEmail();
        members.ada(taken);

        JsonNode toTaken = json(ask(taken).expectStatus().isAccepted());
        clock.advance(Duration.ofSeconds(60));
        JsonNode toFree = json(ask(wanted).expectStatus().isAccepted());

        assertThat(toTaken.propertyNames()).containsExactlyElementsOf(toFree.propertyNames());
        mailbox.awaitEvents(taken, ADDRESS_ALREADY_REGISTERED, 1);
        assertThat(mailbox.events(taken, ADDRESS_CHANGE_REQUESTED)).isEmpty();
    }

    /** The export of the caller contains the audit trail. */
    @Test
    void leavesTheSameTrailWhetherAnAddressIsTakenOrNot() {
        String taken = anyEmail();
        Account holder = members.ada(taken);

        ask(taken).expectStatus().isAccepted();
        clock.advance(Duration.ofSeconds(60));
        ask(wanted).expectStatus().isAccepted();

        assertThat(trail(account))
                .containsExactly(
                        "account.address-change-requested", "account.address-change-requested", "account.verified");
        assertThat(trail(holder)).containsExactly("account.verified");
    }

    private List<String> trail(Account of) {
        JsonNode export = json(members.get("/api/v1/users/me/export", owner(of)));
        return export.get("security_events")
                .valueStream()
                .map(event -> event.get("kind").asString())
                .toList();
    }

    @Test
    void tellsOfATakenAddressOnlyWhoHasProvedIt() {
        ask(wanted).expectStatus().isAccepted();
        String code = code(wanted, 1);
        members.ada(wanted);

        refused(verify(wrong(code)));
        verify(code).expectStatus().isEqualTo(409);

        assertThat(stores.accounts(old)).hasSize(1);
    }

    @Test
    void letsANewChangeKillTheOldOne() {
        ask(wanted);
        String first = code(wanted, 1);
        ask(anyEmail()).expectStatus().isEqualTo(429);
        clock.advance(Duration.ofSeconds(60));
        String other = anyEmail();
        ask(other).expectStatus().isAccepted();
        String second = code(other, 1);

        refused(verify(first.equals(second) ? wrong(second) : first));
        JsonNode changed = json(verify(second).expectStatus().isOk());

        assertThat(changed.get("email").asString()).isEqualTo(other);
    }

    @Test
    void changesOnceForManyParallelRightCodes() {
        ask(wanted);
        String code = code(wanted, 1);

        var answers = Flux.range(0, 200)
                .flatMap(_ -> visitor.sending(VERIFY, caller, Map.of("code", code)), 200)
                .collect(groupingBy(Visitor.Answer::status, counting()))
                .blockOptional()
                .orElseThrow();

        assertThat(answers).containsEntry(200, 1L);
        assertThat(answers.keySet()).isSubsetOf(200, 400, 503);
        mailbox.awaitEvents(wanted, ADDRESS_CHANGED, 1);
    }

    @Test
    void dropsAWayBackInToTheOldAddress() {
        visitor.post("/api/v1/users/forgot-password", new Caller.Anonymous(ACME), Map.of("email", old));
        String reset = members.code(old, Members.PASSWORD_RESET_REQUESTED, 1);
        ask(wanted);
        verify(code(wanted, 1)).expectStatus().isOk();

        refused(visitor.post(
                "/api/v1/users/reset-password",
                new Caller.Anonymous(ACME),
                Map.of("email", old, "code", reset, "new_password", "amber lighthouse 7")));
    }

    @Test
    void needsThePassword() {
        assertThat(named(visitor.post(PATH, caller, Map.of("email", wanted, "password", "violet harbour 43"))))
                .containsExactly("password");
        assertThat(named(visitor.post(PATH, caller, Map.of()))).containsExactly("email", "password");
        assertThat(named(ask(old))).containsExactly("email");
        assertThat(named(visitor.post(VERIFY, caller, Map.of("code", "12345")))).containsExactly("code");
        refused(verify("123456"));
        visitor.post(PATH, new Caller.Operator(ACME), Map.of()).expectStatus().isForbidden();
        assertThat(stores.proofs(account.id().toString()))
                .noneSatisfy(proof -> assertThat(proof).containsEntry("purpose", "address-change"));
    }

    private ResponseSpec ask(String email) {
        return visitor.post(PATH, caller, Map.of("email", email, "password", PASSWORD));
    }

    private ResponseSpec verify(String code) {
        return visitor.post(VERIFY, caller, Map.of("code", code));
    }

    private String code(String email, int mails) {
        return members.code(email, ADDRESS_CHANGE_REQUESTED, mails);
    }

    private static void refused(ResponseSpec answer) {
        JsonNode problem = json(answer.expectStatus().isBadRequest());
        assertThat(problem.get("type").asString()).isEqualTo("https://frontdesk.dev/problems/wrong-verification-code");
    }

    private static List<String> named(ResponseSpec answer) {
        JsonNode problem = json(answer.expectStatus().isBadRequest());
        return problem.get("errors")
                .valueStream()
                .map(error -> error.get("field").asString())
                .toList();
    }
}
