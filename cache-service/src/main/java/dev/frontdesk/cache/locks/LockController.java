package dev.frontdesk.cache.locks;

import static org.springframework.http.MediaType.APPLICATION_JSON;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/v1/locks}: acquires, renews, releases and shows locks of the caller's tenant. */
@RestController
@RequestMapping("/api/v1/locks")
class LockController {

    private final WaitingAcquisitions acquisitions;
    private final Locks locks;
    private final LockRequests requests;
    private final JsonMapper json;

    LockController(WaitingAcquisitions acquisitions, Locks locks, LockRequests requests, JsonMapper json) {
        this.acquisitions = acquisitions;
        this.locks = locks;
        this.requests = requests;
        this.json = json;
    }

    /** To its holder alone. */
    record HeldLock(
            String name, String token, long fence, Instant acquiredAt, Instant expiresAt, Instant renewableUntil) {

        static HeldLock of(Lock lock, LockToken token) {
            return new HeldLock(
                    lock.name(),
                    token.text(),
                    lock.fence(),
                    lock.acquiredAt(),
                    lock.expiresAt(),
                    lock.renewableUntil());
        }

        @Override
        public String toString() {
            return "HeldLock[" + name + " " + fence + "]";
        }
    }

    /** To everyone who may read locks. Without fields but the name if it is not held. */
    record LockState(
            String name,
            boolean held,
            @Nullable Long fence,
            @Nullable String holder,
            @Nullable Instant acquiredAt,
            @Nullable Instant expiresAt,
            @Nullable Instant renewableUntil) {

        static LockState of(Lock lock) {
            return new LockState(
                    lock.name(),
                    true,
                    lock.fence(),
                    lock.holder().isEmpty() ? null : lock.holder(),
                    lock.acquiredAt(),
                    lock.expiresAt(),
                    lock.renewableUntil());
        }

        static LockState free(LockName name) {
            return new LockState(name.text(), false, null, null, null, null, null);
        }
    }

    record LockPage(List<LockState> locks, @Nullable String nextCursor) {}

    @PostMapping("/{name}/acquire")
    Mono<Void> acquire(
            @PathVariable String name,
            @RequestBody LockRequests.Acquire body,
            Caller caller,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        TenantId tenant = Administrators.tenantOf(caller);
        Acquisition wanted = requests.read(tenant, LockName.in(request, name), body);
        return acquisitions.acquire(wanted).flatMap(attempt -> switch (attempt) {
            case Attempt.Acquired acquired -> answer(wanted, acquired, response);
            case Attempt.Held held -> Mono.error(held(held.expiresIn()));
            case Attempt.Full _ -> Mono.error(full());
        });
    }

    /** Gives the lock back if the response does not reach the client. */
    private Mono<Void> answer(Acquisition wanted, Attempt.Acquired acquired, ServerHttpResponse response) {
        byte[] body = json.writeValueAsBytes(HeldLock.of(acquired.lock(), wanted.token()));
        response.getHeaders().setContentType(APPLICATION_JSON);
        response.getHeaders().setCacheControl(CacheControl.noStore());
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(body)))
                .doOnError(_ -> locks.giveBack(wanted, acquired))
                .doOnCancel(() -> locks.giveBack(wanted, acquired));
    }

    /** From now on, not from the end of the time before. */
    @PostMapping("/{name}/renew")
    Mono<HeldLock> renew(
            @PathVariable String name,
            @RequestBody LockRequests.Renew body,
            Caller caller,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        TenantId tenant = Administrators.tenantOf(caller);
        LockName lock = LockName.in(request, name);
        var renewal = requests.read(body);
        response.getHeaders().setCacheControl(CacheControl.noStore());
        return locks.renew(tenant, lock, renewal.token(), renewal.ttl())
                .map(renewed -> HeldLock.of(renewed, renewal.token()))
                .switchIfEmpty(Mono.error(LockController::lost));
    }

    @PostMapping("/{name}/release")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> release(
            @PathVariable String name,
            @RequestBody LockRequests.Release body,
            Caller caller,
            ServerHttpRequest request) {
        TenantId tenant = Administrators.tenantOf(caller);
        return locks.release(tenant, LockName.in(request, name), requests.read(body))
                .flatMap(released -> released ? Mono.empty() : Mono.error(lost()));
    }

    @GetMapping("/{name}")
    Mono<LockState> show(@PathVariable String name, Caller caller, ServerHttpRequest request) {
        TenantId tenant = Administrators.tenantOf(caller);
        LockName lock = LockName.in(request, name);
        return locks.find(tenant, lock).map(LockState::of).defaultIfEmpty(LockState.free(lock));
    }

    @GetMapping
    Mono<LockPage> list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        int most = fields.optional("limit", limit, Page::readLimit).orElse(Page.DEFAULT_LIMIT);
        var after = fields.optional("cursor", cursor, LockCursor::read).orElse(LockCursor.START);
        fields.check();
        return locks.list(tenant, after, most + 1).collectList().map(found -> {
            boolean goesOn = found.size() > most;
            var shown = goesOn ? found.subList(0, most) : found;
            return new LockPage(
                    shown.stream().map(it -> LockState.of(it.lock())).toList(),
                    goesOn ? shown.getLast().position().text() : null);
        });
    }

    private static ProblemException held(Duration expiresIn) {
        return new ProblemException(ProblemType.LOCK_HELD, "Another client holds the lock.").retryAfter(expiresIn);
    }

    private static ProblemException full() {
        return new ProblemException(
                ProblemType.QUOTA_EXCEEDED,
                "The tenant holds as many locks as it may. Release some, or let them expire.");
    }

    private static ProblemException lost() {
        return new ProblemException(
                ProblemType.LOCK_LOST,
                "The token does not hold this lock: it has expired, was released, or belongs to another client.");
    }
}
