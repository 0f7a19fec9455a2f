package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.ProblemException.FieldError;
import dev.frontdesk.notification.jobs.BuiltInQueue.AddedBy;
import dev.frontdesk.notification.jobs.BuiltInQueues;
import dev.frontdesk.notification.jobs.JobSignals;
import dev.frontdesk.notification.jobs.WorkMode;
import dev.frontdesk.notification.outbound.OutboundClient;
import dev.frontdesk.notification.outbound.SigningSecret;
import dev.frontdesk.notification.queues.QueueFigures.Figures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/v1/queues}: administrators read and configure their tenant's queues, create and delete their own. */
@RestController
@RequestMapping("/api/v1/queues")
final class QueueController {

    private static final int MOST_IN_A_WINDOW = 1_000_000;
    private static final long SHORTEST_WINDOW_MS = 100;
    private static final long LONGEST_WINDOW_MS = 24L * 60 * 60 * 1000;

    private final Queues queues;
    private final QueueResolver known;
    private final QueueFigures figures;
    private final BuiltInQueues builtIn;
    private final JobSignals signals;
    private final OutboundClient sender;
    private final PushSecrets secrets;

    QueueController(
            Queues queues,
            QueueResolver known,
            QueueFigures figures,
            BuiltInQueues builtIn,
            JobSignals signals,
            OutboundClient sender,
            PushSecrets secrets) {
        this.queues = queues;
        this.known = known;
        this.figures = figures;
        this.builtIn = builtIn;
        this.signals = signals;
        this.sender = sender;
        this.secrets = secrets;
    }

    record All(List<QueueAnswer> queues) {}

    /** The secret is shown only once. */
    record NewSecret(String pushSecret) {}

    record Limit(@Nullable Integer limit, @Nullable Long windowMs) {}

    @GetMapping
    Mono<ResponseEntity<All>> list(Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return queues.all(tenant)
                .flatMap(all -> figures.of(tenant, all.stream().map(Queue::name).toList())
                        .map(counted -> new All(all.stream()
                                .map(queue -> answer(queue, null, counted))
                                .toList())))
                .map(QueueController::fresh);
    }

    @GetMapping("/{queue}")
    Mono<ResponseEntity<QueueAnswer>> show(@PathVariable String queue, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue)
                .flatMap(found -> counted(tenant, found, null))
                .map(QueueController::fresh);
    }

    /** Creates the queue if the tenant has none of this name. Does not change whether the queue is paused. */
    @PutMapping("/{queue}")
    Mono<ResponseEntity<QueueAnswer>> put(
            @PathVariable String queue, @RequestBody QueueSettings settings, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var name = fields.required("queue", queue, QueueName::new);
        WorkMode workMode = name.isEmpty() ? null : settings.check(builtIn.addedBy(queue), fields);
        fields.optional("push_url", settings.pushUrl(), sender::callable);
        fields.check();
        var offered = workMode == WorkMode.PUSH ? SigningSecret.random() : null;
        String sealed = offered == null ? null : secrets.seal(offered, tenant, name.orElseThrow());
        return requireAName(tenant, name.orElseThrow())
                .then(Mono.defer(() -> queues.put(tenant, name.orElseThrow(), workMode, settings, sealed)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.CONFLICT, "A tenant has at most " + Queues.MOST + " queues. Delete one first.")))
                .doOnNext(_ -> signals.tell(queue))
                .flatMap(put -> counted(tenant, put.queue(), put.secretTaken() ? offered : null)
                        .map(answer -> put.made() && !put.queue().builtIn()
                                ? ResponseEntity.status(HttpStatus.CREATED).body(answer)
                                : fresh(answer)));
    }

    /** Resets a built-in queue to its configuration. Deletes a queue that the tenant made, with its ended jobs. */
    @DeleteMapping("/{queue}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable String queue, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue)
                .flatMap(found -> queues.delete(tenant, found.name()))
                .flatMap(gone -> gone
                        ? Mono.empty()
                        : Mono.error(new ProblemException(
                                ProblemType.CONFLICT, "The queue has jobs that have not ended. Cancel them first.")));
    }

    /**
     * Stops jobs from beginning; new jobs wait, and delayed jobs still come due. The response is the same if the queue
     * is already paused.
     */
    @PostMapping("/{queue}/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> pause(@PathVariable String queue, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue).flatMap(found -> queues.pause(tenant, found.name(), true));
    }

    /** The response is the same if the queue is not paused. */
    @PostMapping("/{queue}/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> resume(@PathVariable String queue, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue)
                .flatMap(found -> queues.pause(tenant, found.name(), false))
                .doOnSuccess(_ -> signals.tell(queue));
    }

    /** Creates a new secret for pushed jobs; the previous one also signs for one more day. */
    @PostMapping("/{queue}/push-secret")
    Mono<ResponseEntity<NewSecret>> rotate(@PathVariable String queue, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue)
                .flatMap(found -> secrets.rotate(tenant, found.name()))
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(ProblemType.CONFLICT, "The queue is not worked by push.")))
                .map(secret -> fresh(new NewSecret(secret.text())));
    }

    /** Sets a rate limit. For queues whose work costs the operator, only the holder of the operator key may set it. */
    @PutMapping("/{queue}/rate-limit")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> limit(@PathVariable String queue, @RequestBody Limit limit, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue).flatMap(found -> {
            requireRights(found, caller);
            var fields = new FieldReader();
            if (limit.limit() == null) {
                fields.refuse("limit", "is required");
            }
            if (limit.windowMs() == null) {
                fields.refuse("window_ms", "is required");
            }
            fields.range("limit", limit.limit(), 1, MOST_IN_A_WINDOW);
            fields.range("window_ms", limit.windowMs(), SHORTEST_WINDOW_MS, LONGEST_WINDOW_MS);
            fields.check();
            return queues.limit(tenant, found.name(), limit.limit(), limit.windowMs());
        });
    }

    /** Returns to the configured rate limit. */
    @DeleteMapping("/{queue}/rate-limit")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> unlimit(@PathVariable String queue, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue).flatMap(found -> {
            requireRights(found, caller);
            return queues.limit(tenant, found.name(), null, null);
        });
    }

    /** A queue whose name was reserved only after it was created can still be configured. */
    private Mono<Void> requireAName(TenantId tenant, QueueName name) {
        return !name.isReserved()
                ? Mono.empty()
                : queues.find(tenant, name)
                        .switchIfEmpty(Mono.error(
                                () -> ProblemException.invalid(List.of(new FieldError("queue", "is a reserved name")))))
                        .then();
    }

    /** What the service works costs the operator, who then sets how much of it a tenant may have. */
    private static void requireRights(Queue queue, Caller caller) {
        if (queue.addedBy() != AddedBy.CLIENTS && !(caller instanceof Caller.Operator)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only an operator may set the rate limit of this queue.");
        }
    }

    private Mono<QueueAnswer> counted(TenantId tenant, Queue queue, @Nullable SigningSecret newSecret) {
        return figures.of(tenant, List.of(queue.name())).map(counted -> answer(queue, newSecret, counted));
    }

    private QueueAnswer answer(Queue queue, @Nullable SigningSecret newSecret, Map<String, Figures> counted) {
        String name = queue.name().value();
        return QueueAnswer.of(
                queue,
                newSecret == null ? null : newSecret.text(),
                builtIn.defaults(name),
                Objects.requireNonNull(counted.get(name), name));
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
