package dev.frontdesk.gateway.limits;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.clients.RefusedClients;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.limiter.Decision;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.RequestLimiter;
import dev.frontdesk.gateway.limiter.Standing;
import dev.frontdesk.gateway.limiter.Subject;
import dev.frontdesk.gateway.limiter.Usage;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Counts a request against its API key, its account and their tenant, or against its address if it has neither, and refuses
 * it beyond the limits.
 */
public final class RequestLimit {

    private static final String COUNTED = RequestLimit.class.getName() + ".counted";

    private static final Mono<Boolean> UNLIMITED = Mono.just(true);

    /** A refused address costs nothing for so long, even if its window refuses it for longer. */
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final RequestLimiter limiter;
    private final Subjects subjects;
    private final ClientAddresses addresses;
    private final RefusedClients refused;
    private final RequestMetrics metrics;
    private final RequestCounts counts;

    RequestLimit(
            RequestLimiter limiter,
            Subjects subjects,
            ClientAddresses addresses,
            RefusedClients refused,
            RequestMetrics metrics,
            RequestCounts counts) {
        this.limiter = limiter;
        this.subjects = subjects;
        this.addresses = addresses;
        this.refused = refused;
        this.metrics = metrics;
        this.counts = counts;
    }

    /** Fails with 429 when the caller is beyond its limit. */
    public Mono<Boolean> count(ServerWebExchange exchange, Identity identity) {
        exchange.getAttributes().put(COUNTED, true);
        return switch (identity) {
            // Also where requests cost nothing: a guess has cost a look-up.
            case Identity.Refused _ -> countAddress(exchange, 1);
            case Identity.Known known ->
                switch (known.caller()) {
                    case Caller.Operator _ -> UNLIMITED;
                    case Caller.Account account -> count(exchange, subjects.of(account, exchange), account);
                    case Caller.ApiKey key -> count(exchange, subjects.of(key, exchange), key);
                    case Caller.Anonymous _, Caller.Service _ -> countAddress(exchange, 0);
                };
        };
    }

    private Mono<Boolean> count(ServerWebExchange exchange, List<Limited> counted, Caller caller) {
        return limiter.take(counted).map(decision -> {
            counts.add(caller, !decision.allowed());
            return admit(exchange, decision);
        });
    }

    /**
     * Counts a request that never reaches its route, because its path is unknown or its URL is refused. Such requests
     * cost little, but without a bound they would be a way around the limit. Counts no request twice.
     */
    public Mono<Boolean> countUnrouted(ServerWebExchange exchange) {
        return exchange.getAttributes().putIfAbsent(COUNTED, true) == null ? countAddress(exchange, 0) : UNLIMITED;
    }

    /** In the bucket of this gateway first: a flood of an address costs no call of Redis. */
    private Mono<Boolean> countAddress(ServerWebExchange exchange, int leastCost) {
        String range = addresses.rangeOf(exchange.getRequest());
        Limited onAllRoutes = subjects.ofAddress(range, exchange);
        Limited address =
                new Limited(onAllRoutes.subject(), onAllRoutes.policy(), Math.max(leastCost, onAllRoutes.cost()));
        Limited onRoute = subjects.ofAddressOnRoute(range, exchange);
        if (address.cost() == 0) {
            return limiter.take(onRoute == null ? List.of() : List.of(onRoute)).map(it -> admit(exchange, it));
        }
        Decision here = limiter.takeHere(with(address, address.policy().bucket()));
        var windows = with(address, address.policy().windows());
        if (!here.allowed() || (windows.policy().isUnlimited() && onRoute == null)) {
            return Mono.fromSupplier(() -> admitAddress(exchange, here));
        }
        var counted = onRoute == null ? List.of(windows) : List.of(windows, onRoute);
        return limiter.take(counted).map(shared -> admitAddress(exchange, both(address, here, shared)));
    }

    private static Limited with(Limited limited, Policy policy) {
        return new Limited(limited.subject(), policy, limited.cost());
    }

    /** The bucket here and the windows in Redis are one policy of the address. */
    private static Decision both(Limited address, Decision here, Decision shared) {
        var windows = shared.standings().getFirst();
        var usages = Stream.concat(
                        here.standings().stream().flatMap(standing -> standing.usages().stream()),
                        windows.usages().stream())
                .toList();
        var onRoute = shared.standings().stream().skip(1);
        return new Decision(
                shared.allowed(),
                Stream.concat(Stream.of(new Standing(address, usages)), onRoute).toList());
    }

    private boolean admitAddress(ServerWebExchange exchange, Decision decision) {
        // What a route refuses, other routes may allow.
        var onAllRoutes = new Decision(false, decision.standings().subList(0, 1));
        if (onAllRoutes.refusing() != null) {
            Duration wait = waitOf(refusalIn(onAllRoutes));
            refused.add(
                    exchange.getRequest(),
                    () -> problem(onAllRoutes),
                    wait.compareTo(REMEMBERED) < 0 ? wait : REMEMBERED);
        }
        return admit(exchange, decision);
    }

    private boolean admit(ServerWebExchange exchange, Decision decision) {
        metrics.count(decision);
        if (!decision.allowed()) {
            throw problem(decision);
        }
        LimitHeaders.set(exchange.getResponse().getHeaders(), ofCaller(decision));
        return true;
    }

    /** How the caller itself stands, for all its requests and for those of the route: the use of its tenant is that of others. */
    private static List<Standing> ofCaller(Decision decision) {
        List<Standing> all = decision.standings();
        Subject.Kind kind = all.isEmpty() ? Subject.Kind.TENANT : kindOf(all.getFirst());
        if (kind == Subject.Kind.TENANT) {
            return List.of();
        }
        return all.size() > 1 && kindOf(all.get(1)) == kind ? all.subList(0, 2) : all.subList(0, 1);
    }

    private static Subject.Kind kindOf(Standing standing) {
        return standing.limited().subject().kind();
    }

    /** Tells a caller its own use only. */
    private static ProblemException problem(Decision decision) {
        List<Standing> caller = ofCaller(decision);
        Usage refusal = refusalIn(decision);
        String reason = refusal.bound().reason();
        var problem = new ProblemException(ProblemType.RATE_LIMITED, "Try again after Retry-After.");
        if (kindOf(requireNonNull(decision.refusing())) != Subject.Kind.TENANT) {
            problem.limited(reason, refusal.limit(), refusal.used());
        } else {
            problem.limited(reason);
        }
        LimitHeaders.set(problem.getHeaders(), caller);
        return problem.retryAfter(waitOf(refusal));
    }

    private static Usage refusalIn(Decision decision) {
        return requireNonNull(requireNonNull(decision.refusing()).longestRefusal());
    }

    private static Duration waitOf(Usage refusal) {
        return Duration.of(refusal.waitMicros(), ChronoUnit.MICROS);
    }
}
