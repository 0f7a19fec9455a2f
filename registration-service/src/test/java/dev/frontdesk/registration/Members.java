package dev.frontdesk.registration;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.registration.profiles.Language;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.registration.profiles.PhoneNumber;
import dev.frontdesk.registration.profiles.Profile;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Existing accounts, and their owners with a session. */
@TestComponent
public final class Members {

    public static final String PASSWORD_RESET_REQUESTED = "dev.frontdesk.account.password-reset-requested.v1";
    public static final String PASSWORD_RESET = "dev.frontdesk.account.password-reset.v1";
    public static final String PASSWORD_CHANGED = "dev.frontdesk.account.password-changed.v1";
    public static final String ADDRESS_CHANGE_REQUESTED = "dev.frontdesk.account.address-change-requested.v1";
    public static final String ADDRESS_CHANGED = "dev.frontdesk.account.address-changed.v1";
    public static final String ACCOUNT_DELETED = "dev.frontdesk.account.deleted.v1";

    private final Accounts accounts;
    private final Visitor visitor;
    private final Mailbox mailbox;
    private final SealedSecrets secrets;
    private final Clock clock;
    private final Mono<String> hash;

    Members(
            Accounts accounts,
            PasswordHashing hashing,
            Visitor visitor,
            Mailbox mailbox,
            SealedSecrets secrets,
            Clock clock) {
        this.accounts = accounts;
        this.visitor = visitor;
        this.mailbox = mailbox;
        this.secrets = secrets;
        this.clock = clock;
        this.hash = hashing.hash(new Password(PASSWORD)).cache();
    }

    /** Ada of the tenant acme, with the password of all visitors. */
    public Account ada(String email) {
        return ada(ACME, email);
    }

    public Account ada(TenantId tenant, String email) {
        var profile = new Profile(
                new PersonName("Ada"),
                new PersonName("Lovelace"),
                new PhoneNumber("+905551234567"),
                new Language("tr"));
        return hash.flatMap(it -> accounts.open(new Account(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        tenant,
                        new EmailAddress(email),
                        it,
                        profile,
                        Set.of(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS))))
                .blockOptional()
                .orElseThrow();
    }

    /** A new session of the account. */
    public static Caller.Account owner(Account account) {
        return with(account, Set.of());
    }

    public static Caller.Account with(Account account, Set<String> roles) {
        return new Caller.Account(account.tenant(), account.id(), UUID.randomUUID(), roles);
    }

    public ResponseSpec get(String path, Caller caller) {
        return send(HttpMethod.GET, path, caller, null, "application/json");
    }

    public ResponseSpec send(HttpMethod method, String path, Caller caller, @Nullable Object body) {
        return send(method, path, caller, body, "application/json");
    }

    public ResponseSpec send(HttpMethod method, String path, Caller caller, @Nullable Object body, String contentType) {
        var request = visitor.client().method(method).uri(path).header(Headers.IDENTITY, visitor.identity(caller));
        return body == null
                ? request.exchange()
                : request.header("Content-Type", contentType).bodyValue(body).exchange();
    }

    /** The code of the newest mail to this address, once there are that many. */
    public String code(String email, String type, int mails) {
        return secret(email, type, mails).substring(0, 6);
    }

    /** Its decrypted secret. */
    public String secret(String email, String type, int mails) {
        JsonNode event = Mailbox.read(mailbox.awaitEvents(email, type, mails).getLast());
        String purpose = type.equals(PASSWORD_RESET_REQUESTED)
                ? "password-reset:" + event.get("reset_id").asString()
                : "address-change:" + event.get("change_id").asString();
        return secrets.open(event.get("sealed_code").asString(), purpose);
    }
}
