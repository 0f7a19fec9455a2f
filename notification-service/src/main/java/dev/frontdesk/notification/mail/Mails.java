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
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.accounts.Accounts;
import dev.frontdesk.notification.devices.Device;
import dev.frontdesk.notification.emailtemplates.MailKind;
import dev.frontdesk.notification.jobs.JobReceipt;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.notification.jobs.PermanentFailure;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Accepts mails: when a call completes, the job of the mail is stored. A repeated event makes only one mail. */
@Component
public class Mails {

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
     * Accepts a mail from an application.
     *
     * @return the job that sends the mail; fails with {@link ProblemException}, and stores
     *     nothing, when fields are wrong; the error names each of them
     */
    public Mono<JobReceipt> send(OutgoingMail mail) {
        return outgoing.checked(mail).flatMap(jobs::add);
    }

    /** Fails with the same errors as {@link #send}, but sends nothing. */
    public Mono<Void> check(OutgoingMail mail) {
        return outgoing.checked(mail).then();
    }

    /** For jobs that send a mail: what {@link #send} refused, it would refuse again. */
    public static PermanentFailure permanentFailure(ProblemException refused) {
        return new PermanentFailure("its mail was refused: " + refused.inOneLine(), refused);
    }

    /**
     * Sends the code that proves an address. The code stays sealed until its mail is rendered. If the address was
     * signed up more than once, the mail says so.
     */
    public Mono<Void> sendCode(UUID eventId, VerificationRequested event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale())
                .sealedFor(event.registrationId());
        var kind = event.repeated() ? MailKind.VERIFICATION_REPEATED : MailKind.VERIFICATION_REQUESTED;
        return add(eventId, event.tenant(), kind, payload, event.expiresAt(), event.sealedCode());
    }

    /** Informs the owner of an account that there was an attempt to sign up with their address. */
    public Mono<Void> tellOwner(UUID eventId, AddressAlreadyRegistered event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.ADDRESS_ALREADY_REGISTERED, payload);
    }

    /** Sends the first mail to a new account. */
    public Mono<Void> welcome(UUID eventId, AccountVerified event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.ACCOUNT_VERIFIED, payload);
    }

    /** Sends the code that resets a password, with a link if the application has a page for it. */
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

    /**
     * Informs the owner that the password was changed, so that they learn of it if they did not change it themselves.
     */
    public Mono<Void> tellOfPassword(UUID eventId, PasswordChanged event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.PASSWORD_CHANGED, payload);
    }

    /** Informs the owner that a forgotten password was replaced. */
    public Mono<Void> tellOfPassword(UUID eventId, PasswordReset event) {
        var payload = MailPayload.toAddress(event.email(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.PASSWORD_CHANGED, payload);
    }

    /** Sends the code to the new address of an account, to prove it. */
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

    /**
     * Informs the previous address, since its owner has to know of the change. The mail does not contain the new
     * address.
     */
    public Mono<Void> tellOfAddress(UUID eventId, AddressChanged event) {
        var payload = MailPayload.toAddress(event.oldEmail(), event.firstName(), event.locale());
        return tell(eventId, event.tenant(), MailKind.ADDRESS_CHANGED, payload);
    }

    /** Informs the owner of a login with a new device. The first login of an account needs no mail. */
    public Mono<Void> tellOfDevice(UUID eventId, SessionOpened event) {
        if (event.knownDevice()) {
            return Mono.empty();
        }
        // The client chooses the name of its device, so the mail does not repeat that name.
        var payload = MailPayload.toAccount(
                event.accountId(),
                null,
                Map.of("device", Device.named(event.userAgent()), "time", MINUTE.format(event.openedAt())));
        return accounts.isFirstSession(
                        new TenantId(event.tenant()), event.accountId(), event.sessionId(), event.openedAt())
                .filter(first -> !first || event.otherSessions() > 0)
                .flatMap(_ -> tell(eventId, event.tenant(), MailKind.SESSION_OPENED, payload));
    }

    /** Sends the last mail, after the account was deleted. */
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
        String queue = MailKind.isAwaited(kind.key()) ? CodeQueue.NAME : EmailQueue.NAME;
        var job = NewJob.of(new TenantId(tenant), queue, kind.key(), json.writeValueAsString(payload))
                .withKey(eventId + ":" + kind.purpose())
                .withPriority(kind.priority())
                .withRetries(properties.retries())
                .expiringAt(expiresAt)
                .withSecret(sealed);
        return jobs.add(kind.isRepeatable() ? job : job.notRepeatable()).then();
    }
}
