package dev.frontdesk.registration.accounts;

import static dev.frontdesk.registration.Members.PASSWORD_RESET_REQUESTED;
import static dev.frontdesk.registration.Members.owner;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.identity.AccountSignal;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpMethod;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** What gateways receive before the response to a change that ends sessions. */
@RunningService
class AccountSignalsIT {

    private static final String ME = "/api/v1/users/me";
    private static final String ACCOUNTS = "/api/v1/admin/accounts/";
    private static final String NEW = "amber lighthouse 7";
    private static final Caller OPERATOR = new Caller.Operator(ACME);

    @Autowired
    private Visitor visitor;

    @Autowired
    private Members members;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    private final String email = anyEmail();
    private final List<AccountSignal> heard = new CopyOnWriteArrayList<>();
    private Disposable listening = Disposables.disposed();
    private final Account account;

    AccountSignalsIT(@Autowired Members members) {
        this.account = members.ada(email);
    }

    @BeforeEach
    void listen() {
        listening = redis.listenToChannelLater(AccountSignal.channel(keys))
                .blockOptional()
                .orElseThrow()
                .map(message -> AccountSignal.parse(message.getMessage()).orElseThrow())
                .filter(signal -> signal.accountId().equals(account.id()))
                .subscribe(heard::add);
    }

    @AfterEach
    void leave() {
        listening.dispose();
    }

    @Test
    void tellWhatEndsSessionsAndNothingThatIsNoNews() {
        send(HttpMethod.PUT, "/roles/editor");
        send(HttpMethod.PUT, "/roles/editor");
        assertSignalsBeforeTheResponse(new AccountSignal(account.id(), 1, null));
        send(HttpMethod.DELETE, "/roles/editor");
        send(HttpMethod.DELETE, "/roles/editor");
        assertSignalsBeforeTheResponse(new AccountSignal(account.id(), 2, null));
        send(HttpMethod.POST, "/disable");
        send(HttpMethod.POST, "/disable");
        assertSignalsBeforeTheResponse(new AccountSignal(account.id(), 3, null));
        send(HttpMethod.POST, "/enable");
        assertSignalsBeforeTheResponse();
    }

    @Test
    void leaveTheSessionInWhichThePasswordIsChanged() {
        var caller = owner(account);
        members.send(
                        HttpMethod.POST,
                        ME + "/password",
                        caller,
                        Map.of("current_password", PASSWORD, "new_password", NEW))
                .expectStatus()
                .isNoContent();

        assertSignalsBeforeTheResponse(new AccountSignal(account.id(), 1, caller.sessionId()));
    }

    @Test
    void leaveNoneWhenItIsResetAndWhenTheAccountIsDeleted() {
        var anonymous = new Caller.Anonymous(ACME);
        visitor.post("/api/v1/users/forgot-password", anonymous, Map.of("email", email));
        String code = members.code(email, PASSWORD_RESET_REQUESTED, 1);
        visitor.post(
                        "/api/v1/users/reset-password",
                        anonymous,
                        Map.of("email", email, "code", code, "new_password", NEW))
                .expectStatus()
                .isNoContent();
        assertSignalsBeforeTheResponse(new AccountSignal(account.id(), 1, null));
        members.send(HttpMethod.DELETE, ME, owner(account), Map.of("password", NEW))
                .expectStatus()
                .isNoContent();

        assertSignalsBeforeTheResponse(AccountSignal.gone(account.id()));
    }

    /**
     * Redis delivers all messages of a channel in one order: a message published after the response arrives after
     * earlier ones.
     */
    private void assertSignalsBeforeTheResponse(AccountSignal... signals) {
        var last = new AccountSignal(account.id(), Integer.MAX_VALUE, null);
        redis.convertAndSend(AccountSignal.channel(keys), last.message()).block();
        await().atMost(Duration.ofSeconds(20)).until(() -> heard.contains(last));

        assertThat(heard)
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of(signals), Stream.of(last)).toList());
        heard.clear();
    }

    private void send(HttpMethod method, String what) {
        members.send(method, ACCOUNTS + account.id() + what, OPERATOR, null)
                .expectStatus()
                .isNoContent();
    }
}
