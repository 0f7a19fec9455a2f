package dev.frontdesk.notification.mail;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.idempotency.Idempotency;
import dev.frontdesk.kit.idempotency.IdempotencyToken;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.accounts.RecipientCheck;
import dev.frontdesk.notification.jobs.DueTime;
import dev.frontdesk.notification.jobs.QueuedJob;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code POST /api/v1/emails}: an application sends a mail, to an account or to an address. */
@RestController
final class EmailController {

    private static final int MOST_PRIORITY = 100;

    private final Mails mails;
    private final MailFields mailFields;
    private final RecipientCheck recipientCheck;
    private final Idempotency idempotency;
    private final Clock clock;

    EmailController(
            Mails mails, MailFields mailFields, RecipientCheck recipientCheck, Idempotency idempotency, Clock clock) {
        this.mails = mails;
        this.recipientCheck = recipientCheck;
        this.mailFields = mailFields;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** The body of the request, not validated. */
    record Request(
            @Nullable UUID accountId,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String kind,
            @Nullable StorableJson data,
            @Nullable String locale,
            @Nullable Integer priority,
            @Nullable Boolean repeatable,
            @Nullable String dueAt) {

        /** Hides the fields, because they include an e-mail address. */
        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    @PostMapping("/api/v1/emails")
    Mono<ResponseEntity<String>> send(@RequestBody Request request, Caller caller, ServerWebExchange exchange) {
        var tenant = Administrators.tenantOf(caller);
        return idempotency.once(
                tenant,
                exchange,
                request,
                key -> Mono.defer(() -> {
                            var mail = mail(tenant, request, key);
                            return recipientCheck
                                    .check(tenant, request.accountId())
                                    .then(mails.send(mail));
                        })
                        .map(added -> QueuedJob.answer(EmailQueue.NAME, added.id())));
    }

    private OutgoingMail mail(TenantId tenant, Request request, IdempotencyToken key) {
        var fields = new FieldReader();
        var address = MailFields.address(fields, request.accountId(), request.email());
        String name = MailFields.name(fields, request.firstName());
        var data = mailFields.data(fields, request.data());
        var kind = MailFields.kind(fields, request.kind());
        String locale = MailFields.locale(fields, request.locale());
        var due = fields.optional("due_at", request.dueAt(), text -> DueTime.read(text, clock.instant()));
        fields.range("priority", request.priority(), 0, MOST_PRIORITY);
        fields.check();
        return new OutgoingMail(
                tenant,
                kind.orElseThrow(),
                request.accountId(),
                address.orElse(null),
                name,
                locale,
                data,
                key.text().orElse(null),
                request.priority(),
                due.orElse(null),
                request.repeatable());
    }
}
