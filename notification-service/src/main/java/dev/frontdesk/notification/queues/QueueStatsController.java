package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.notification.queues.QueueFigures.Figures;
import java.util.List;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code GET /api/v1/queues/stats} and {@code /api/v1/queues/{queue}/stats}: only the counts, flat, for polling. */
@RestController
@RequestMapping("/api/v1/queues")
final class QueueStatsController {

    private final Queues queues;
    private final QueueResolver known;
    private final QueueFigures figures;

    QueueStatsController(Queues queues, QueueResolver known, QueueFigures figures) {
        this.queues = queues;
        this.known = known;
        this.figures = figures;
    }

    /**
     * Jobs of one queue by state; {@code unknown} and {@code cancelled} ones are in the queue's own response.
     *
     * @param total jobs that have not ended: waiting, active and delayed
     */
    record Stats(String queue, long waiting, long active, long completed, long failed, long delayed, long total) {

        static Stats of(QueueName queue, Figures figures) {
            var jobs = figures.jobCounts();
            return new Stats(
                    queue.value(),
                    jobs.waiting(),
                    jobs.active(),
                    jobs.completed(),
                    jobs.failed(),
                    jobs.delayed(),
                    jobs.waiting() + jobs.active() + jobs.delayed());
        }
    }

    /** @param queues by name, including the built-in ones */
    record All(List<Stats> queues) {}

    @GetMapping("/stats")
    Mono<ResponseEntity<All>> all(Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return queues.all(tenant)
                .map(all -> all.stream().map(Queue::name).toList())
                .flatMap(names -> stats(tenant, names))
                .map(stats -> fresh(new All(stats)));
    }

    @GetMapping("/{queue}/stats")
    Mono<ResponseEntity<Stats>> one(@PathVariable String queue, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue)
                .flatMap(found -> stats(tenant, List.of(found.name())))
                .map(stats -> fresh(stats.getFirst()));
    }

    private Mono<List<Stats>> stats(TenantId tenant, List<QueueName> names) {
        return figures.of(tenant, names)
                .map(counted -> names.stream()
                        .map(name -> Stats.of(name, Objects.requireNonNull(counted.get(name.value()), name.value())))
                        .toList());
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
