package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.jobs.WorkMode;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds what a path names, or fails with 404. The response is the same if it does not exist, is malformed, or belongs
 * to another tenant.
 */
@Component
public final class QueueResolver {

    private final Queues queues;

    QueueResolver(Queues queues) {
        this.queues = queues;
    }

    public Mono<Queue> require(TenantId tenant, String name) {
        return Mono.defer(() -> {
                    try {
                        return queues.find(tenant, new QueueName(name));
                    } catch (IllegalArgumentException none) {
                        return Mono.empty();
                    }
                })
                .switchIfEmpty(Mono.error(() -> notFound("Queue not found.")));
    }

    /**
     * Finds a queue that is open to clients' jobs. Queues that the service works on itself have their own endpoints.
     */
    public Mono<Queue> requireOpen(TenantId tenant, String name) {
        return require(tenant, name)
                .flatMap(queue -> queue.worked() == WorkMode.SERVICE
                        ? Mono.error(new ProblemException(
                                ProblemType.CONFLICT,
                                "Frontdesk works this queue itself; its jobs have endpoints of their own."))
                        : Mono.just(queue));
    }

    public static <T> Mono<T> jobOr404(Mono<T> job) {
        return job.switchIfEmpty(Mono.error((Supplier<Throwable>) QueueResolver::noJob));
    }

    private static ProblemException noJob() {
        return notFound("Job not found.");
    }

    private static ProblemException notFound(String detail) {
        return new ProblemException(ProblemType.NOT_FOUND, detail);
    }
}
