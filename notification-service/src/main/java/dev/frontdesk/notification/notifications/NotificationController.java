package dev.frontdesk.notification.notifications;

import dev.frontdesk.kit.idempotency.Idempotency;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.notification.accounts.RecipientCheck;
import dev.frontdesk.notification.jobs.DueTime;
import dev.frontdesk.notification.jobs.QueuedJob;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code POST /api/v1/notifications}: an application sends a notification to an account. */
@RestController
final class NotificationController {

    private final NotificationJobs notificationJobs;
    private final RecipientCheck recipientCheck;
    private final Idempotency idempotency;
    private final Clock clock;

    NotificationController(
            NotificationJobs notificationJobs, RecipientCheck recipientCheck, Idempotency idempotency, Clock clock) {
        this.notificationJobs = notificationJobs;
        this.recipientCheck = recipientCheck;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** The body of the request, not validated. */
    record Request(
            @Nullable UUID accountId,
            @Nullable String kind,
            @Nullable Map<String, @Nullable String> data,
            @Nullable String title,
            @Nullable String body,
            @Nullable String locale,
            @Nullable Boolean mail,
            @Nullable String dueAt) {}

    @PostMapping("/api/v1/notifications")
    Mono<ResponseEntity<String>> tell(@RequestBody Request request, Caller caller, ServerWebExchange exchange) {
        var tenant = Administrators.tenantOf(caller);
        return idempotency.once(
                tenant,
                exchange,
                request,
                key -> Mono.defer(() -> {
                    var fields = new FieldReader();
                    if (request.accountId() == null) {
                        fields.refuse("account_id", "is required");
                    }
                    var telling = new NotificationRequestReader(fields)
                            .read(
                                    request.accountId(),
                                    request.kind(),
                                    Objects.requireNonNullElse(request.data(), Map.of()),
                                    request.title(),
                                    request.body(),
                                    request.locale(),
                                    Boolean.TRUE.equals(request.mail()));
                    var due = fields.optional("due_at", request.dueAt(), text -> DueTime.read(text, clock.instant()));
                    fields.check();
                    return recipientCheck
                            .check(tenant, telling.accountId())
                            .then(notificationJobs.add(
                                    tenant,
                                    telling,
                                    due.orElse(null),
                                    key.text().orElse(null)))
                            .map(added -> QueuedJob.answer(NotificationQueue.NAME, added.id()));
                }));
    }
}
