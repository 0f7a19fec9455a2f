package dev.frontdesk.notification.mail;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.events.AccountEvent.AddressAlreadyRegistered;
import dev.frontdesk.contracts.events.AccountEvent.AddressChangeRequested;
import dev.frontdesk.contracts.events.AccountEvent.AddressChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordReset;
import dev.frontdesk.contracts.events.AccountEvent.PasswordResetRequested;
import dev.frontdesk.contracts.events.AccountEvent.VerificationRequested;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.accounts.Accounts;
import dev.frontdesk.notification.devices.Device;
import dev.frontdesk.notification.emailtemplates.MailKind;
import dev.frontdesk.notification.jobs.JobReceipt;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Takes mails in: when a call ends, the mail is certain to be tried. The same event twice makes one mail. */
@Component
public class Mails {

    static final String QUEUE = "email";

    /** Of mails with a code, which nothing else keeps waiting. */
    static final String CODES = "email-codes";

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Jobs jobs;
    private final Accounts accounts;
    private final OutgoingMails outgoing;
    private final MailProperties properties;
    private final JsonMapper json;

    Mails(Jobs jobs, Accounts accounts, OutgoingMails outgoing, MailProperties properties, JsonMapper json) {
        this.jobs = jobs;
        this.accounts = accounts;
        this.outgoing = outgoing;
        this.properties = properties;
        this.json = json;
    }

    /**
     * Takes a mail of an application's.
     *
     * @return the job that sends it; an error of {@link dev.frontdesk.kit.web.ProblemException} that names each field
     *     that is wrong ({@code kind}, {@code email}, {@code account_id}, {@code locale}, {@code data}), and nothing is
     *     stored then
     */
    public Mono<JobReceipt> send(OutgoingMail mail) {
        return outgoing.checked(mail).flatMap(jobs::add);
    }

    /** The refusals of {@link #send}, and nothing is sent. */
    public Mono<Void> check(OutgoingMail mail) {
        return outgoing.checked(mail).then();
    }

    /**
     * The mail with the code that proves an address; a code stays sealed until its mail is written. It says so when the address
     * was signed up more than once.
     */
    public Mono<Void> sendCode(UUID eventId, VerificationRequested event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale())
                .sealedFor(event.registrationId());
        var kind = Boolean.TRUE.equals(event.repeated())
                ? MailKind.VERIFICATION_REPEATED
                : MailKind.VERIFICATION_REQUESTED;
        return add(eventId, event.tenant(), kind, payload, event.expiresAt(), event.sealedCode());
    }

    /** Tells the owner of an account that somebody tried to sign up with their address. */
    public Mono<Void> tellOwner(UUID eventId, AddressAlreadyRegistered event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.ADDRESS_ALREADY_REGISTERED, payload);
    }

    /** The first mail of an account. */
    public Mono<Void> welcome(UUID eventId, AccountVerified event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.ACCOUNT_VERIFIED, payload);
    }

    /** The way back in: a code, and a link where the application has a page for it. */
    public Mono<Void> sendReset(UUID eventId, PasswordResetRequested event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale())
                .sealedFor(event.resetId());
        return add(
                eventId,
                event.tenant(),
                MailKind.PASSWORD_RESET_REQUESTED,
                payload,
                event.expiresAt(),
                event.sealedCode());
    }

    /** Tells the owner of another password; if it was not the owner, this is how they learn of it. */
    public Mono<Void> tellOfPassword(UUID eventId, PasswordChanged event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.PASSWORD_CHANGED, payload);
    }

    /** The same when a forgotten one was replaced. */
    public Mono<Void> tellOfPassword(UUID eventId, PasswordReset event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.PASSWORD_CHANGED, payload);
    }

    /** The code to the address that an account is to have. */
    public Mono<Void> sendCode(UUID eventId, AddressChangeRequested event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale())
                .sealedFor(event.changeId());
        return add(
                eventId,
                event.tenant(),
                MailKind.ADDRESS_CHANGE_REQUESTED,
                payload,
                event.expiresAt(),
                event.sealedCode());
    }

    /** To the address that the account had: whoever reads that one has to know. The new one is not told there. */
    public Mono<Void> tellOfAddress(UUID eventId, AddressChanged event) {
        var payload = MailPayload.toAddress(event.oldEmail(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.ADDRESS_CHANGED, payload);
    }

    /** Tells the owner of a login with a device that was not there before; of the first login of all there is no need. */
    public Mono<Void> tellOfDevice(UUID eventId, SessionOpened event) {
        if (event.knownDevice()) {
            return Mono.empty();
        }
        // The name that a client gives its device is its own choice, and is not repeated.
        var payload = MailPayload.toAccount(
                event.accountId(),
                null,
                Map.of("device", Device.named(event.userAgent()), "time", MINUTE.format(event.openedAt())));
        return accounts.isFirstSession(
                        new TenantId(event.tenant()), event.accountId(), event.sessionId(), event.openedAt())
                .filter(first -> !first || event.otherSessions() > 0)
                .flatMap(_ -> tell(eventId, event.tenant(), MailKind.SESSION_OPENED, payload));
    }

    /** The last one. */
    public Mono<Void> sayGoodbye(UUID eventId, AccountDeleted event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.ACCOUNT_DELETED, payload);
    }

    private Mono<Void> tell(UUID eventId, String tenant, MailKind kind, MailPayload payload) {
        return add(eventId, tenant, kind, payload, null, null);
    }

    private Mono<Void> add(
            UUID eventId,
            String tenant,
            MailKind kind,
            MailPayload payload,
            @Nullable Instant expiresAt,
            @Nullable String sealed) {
        String queue = MailKind.isAwaited(kind.key()) ? CODES : QUEUE;
        String key = eventId + ":" + kind.purpose();
        var job = NewJob.of(new TenantId(tenant), queue, kind.key(), json.writeValueAsString(payload))
                .withKey(key)
                .withPriority(kind.priority())
                .withRetries(properties.retries())
                .expiringAt(expiresAt)
                .withSecret(sealed);
        var mail = kind.isRepeatable() ? job : job.notRepeatable();
        // The version before had one queue for all mails. Of what it took there the event may come once more.
        return queue.equals(CODES)
                ? jobs.has(job.tenant(), QUEUE, key)
                        .filter(taken -> !taken)
                        .flatMap(_ -> jobs.add(mail))
                        .then()
                : jobs.add(mail).then();
    }
}
