package dev.frontdesk.gateway.applications;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersions;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.documents.SharedDocument;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** {@code /api/v1/admin/routes}: operators change the routes to applications. Each change is a new version of all of them. */
@RestController
final class RouteController {

    private static final String PATH = "/api/v1/admin/routes";

    /** Others may change other routes at the same time. */
    private static final int ATTEMPTS = 20;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** Requests that wait for the one thread that reads and checks all routes, which takes long for many. */
    private static final int MOST_WAITING = 100;

    private final SharedDocument routes;
    private final RouteSources sources;
    private final RouteDryRun dryRun;
    private final Scheduler checks = Schedulers.newBoundedElastic(1, MOST_WAITING, "route-checks", 60, true);

    RouteController(SharedDocument routesDocument, RouteSources sources, RouteDryRun dryRun) {
        this.routes = routesDocument;
        this.sources = sources;
        this.dryRun = dryRun;
    }

    /**
     * @param version counts the changes; 0 before the first one
     * @param configuredRoutes how many routes the file of the configuration has besides
     */
    record Routes(long version, @Nullable Instant changedAt, List<RouteDraft> routes, int configuredRoutes) {}

    /**
     * @param basedOn the version that the routes were made from; null to replace whatever is there
     */
    record Replacement(@Nullable Long basedOn, @Nullable List<RouteDraft> routes) {}

    @GetMapping(PATH)
    Mono<Routes> list(Caller.Operator operator) {
        return routes.current().map(this::shown);
    }

    @GetMapping(PATH + "/{id}")
    Mono<RouteDraft> show(@PathVariable String id, Caller.Operator operator) {
        return routes.current()
                .flatMap(document -> Mono.justOrEmpty(sources.draftsIn(document).stream()
                        .filter(it -> id.equals(it.id()))
                        .findFirst()))
                .switchIfEmpty(Mono.error(() -> notFound("There is no such route.")));
    }

    @PutMapping(PATH)
    Mono<ResponseEntity<Routes>> replace(@RequestBody Replacement replacement, Caller.Operator operator) {
        List<RouteDraft> wanted = wantedIn(replacement);
        Long basedOn = replacement.basedOn();
        Mono<Routes> stored = basedOn == null
                ? change(_ -> wanted)
                : routes.current().flatMap(document -> store(basedOn, () -> readableIn(document), _ -> wanted));
        return stored.map(routes -> answer(routes, routes.version() == 1));
    }

    private static List<RouteDraft> wantedIn(Replacement replacement) {
        if (replacement.routes() == null) {
            throw ProblemException.invalid("routes", "is required");
        }
        var fields = new FieldReader();
        fields.range("based_on", replacement.basedOn(), 0, Long.MAX_VALUE);
        fields.check();
        return replacement.routes();
    }

    /** Creates the route or replaces it. */
    @PutMapping(PATH + "/{id}")
    Mono<ResponseEntity<Routes>> put(@PathVariable String id, @RequestBody RouteDraft route, Caller.Operator operator) {
        if (route.id() != null && !route.id().equals(id)) {
            throw ProblemException.invalid("id", "must be the one in the path, or left out");
        }
        RouteDraft named = route.withId(id);
        var added = new AtomicBoolean();
        return change(drafts -> {
                    var changed = new ArrayList<>(drafts);
                    added.set(changed.stream().noneMatch(it -> id.equals(it.id())));
                    changed.removeIf(it -> id.equals(it.id()));
                    changed.add(named);
                    return changed;
                })
                .map(routes -> answer(routes, added.get()));
    }

    private static ResponseEntity<Routes> answer(Routes routes, boolean added) {
        return ResponseEntity.status(added ? HttpStatus.CREATED : HttpStatus.OK).body(routes);
    }

    @DeleteMapping(PATH + "/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable String id, Caller.Operator operator) {
        return change(drafts -> {
                    var changed = new ArrayList<>(drafts);
                    if (!changed.removeIf(it -> id.equals(it.id()))) {
                        throw notFound("There is no such route.");
                    }
                    return changed;
                })
                .then();
    }

    @GetMapping(PATH + "/versions")
    Mono<GatewayDocumentVersions> versions(Caller.Operator operator) {
        return routes.versions();
    }

    @GetMapping(PATH + "/versions/{version}")
    Mono<Routes> version(@PathVariable long version, Caller.Operator operator) {
        return stored(version).map(this::shown);
    }

    /** Makes the routes of a former version the current ones, as a new version. */
    @PostMapping(PATH + "/versions/{version}/restore")
    Mono<Routes> restore(@PathVariable long version, Caller.Operator operator) {
        return stored(version).map(sources::draftsIn).flatMap(former -> change(_ -> former));
    }

    /** Tells which route a request would take, with the current routes or with those that are given. */
    @PostMapping(PATH + "/dry-run")
    Mono<RouteDryRun.Result> dryRun(@RequestBody RouteDryRun.Request request, Caller.Operator operator) {
        return Mono.fromSupplier(() -> dryRun.run(request)).subscribeOn(checks);
    }

    private Mono<GatewayDocument> stored(long version) {
        return routes.version(version)
                .publishOn(checks)
                .switchIfEmpty(Mono.error(() -> notFound("This version is not stored, or not any more.")));
    }

    private Mono<Routes> change(UnaryOperator<List<RouteDraft>> change) {
        return Mono.defer(routes::current)
                .flatMap(document -> store(document.version(), () -> sources.draftsIn(document), change))
                .retryWhen(afterConflicts());
    }

    /** With pauses of different lengths, so that those who change routes at the same time do not meet again and again. */
    static Retry afterConflicts() {
        return Retry.backoff(ATTEMPTS - 1L, SHORTEST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .jitter(0.5)
                .filter(RouteController::isConflict)
                .onRetryExhaustedThrow((_, last) -> last.failure());
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof ProblemException problem && problem.type() == ProblemType.CONFLICT;
    }

    /** None of a document that this gateway can't read: it must be possible to replace it. */
    private List<RouteDraft> readableIn(GatewayDocument document) {
        try {
            return sources.draftsIn(document);
        } catch (RuntimeException unreadable) {
            return List.of();
        }
    }

    private Mono<Routes> store(
            long basedOn, Supplier<List<RouteDraft>> stored, UnaryOperator<List<RouteDraft>> change) {
        return Mono.fromSupplier(() -> changed(stored.get(), change))
                .subscribeOn(checks)
                .flatMap(content -> routes.replace(basedOn, content))
                .map(this::shown);
    }

    private String changed(List<RouteDraft> stored, UnaryOperator<List<RouteDraft>> change) {
        List<RouteDraft> wanted = change.apply(stored);
        sources.check(wanted, stored);
        String content = sources.contentOf(wanted);
        if (content.length() > GatewayDocument.LONGEST / 2) {
            throw ProblemException.invalid("routes", "are too large together");
        }
        return content;
    }

    private Routes shown(GatewayDocument document) {
        return new Routes(
                document.version(),
                document.changedAt(),
                sources.draftsIn(document),
                sources.fixed().size());
    }

    private static ProblemException notFound(String detail) {
        return new ProblemException(ProblemType.NOT_FOUND, detail);
    }
}
