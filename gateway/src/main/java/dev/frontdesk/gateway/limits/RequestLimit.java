package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.clients.RefusedClients;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.limits.Bucket.Kind;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Problems;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.ratelimit.RateLimiter.Response;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Counts a request against its account, or against its address if it has none, and refuses it beyond the limit. */
public final class RequestLimit {

    private static final String FEATURE = "limit";

    private static final String COUNTED = RequestLimit.class.getName() + ".counted";

    /** The bucket is refilled at every full second, by one request at least. */
    private static final Duration NEXT_REFILL = Duration.ofSeconds(1);

    private static final Mono<Boolean> UNLIMITED = Mono.just(true);

    private final Buckets buckets;
    private final ClientAddresses addresses;
    private final RefusedClients refused;
    private final KeySpace keys;

    RequestLimit(Buckets buckets, ClientAddresses addresses, RefusedClients refused, KeySpace keys) {
        this.buckets = buckets;
        this.addresses = addresses;
        this.refused = refused;
        this.keys = keys;
    }

    /** Fails with 429 when the caller is beyond its limit. */
    public Mono<Boolean> count(ServerWebExchange exchange, Identity identity) {
        exchange.getAttributes().put(COUNTED, true);
        Bucket bucket = bucketOf(exchange, identity);
        return bucket == null ? UNLIMITED : count(exchange, bucket);
    }

    /**
     * Counts a request that never reaches its route, because its path is unknown or its URL is refused. Such requests
     * cost little, but without a bound they would be a way around the limit. Counts no request twice.
     */
    public Mono<Boolean> countUnrouted(ServerWebExchange exchange) {
        if (exchange.getAttributes().putIfAbsent(COUNTED, true) != null) {
            return UNLIMITED;
        }
        return count(exchange, addressBucket(exchange));
    }

    private Mono<Boolean> count(ServerWebExchange exchange, Bucket bucket) {
        return buckets.take(bucket)
                .map(response -> admit(exchange, bucket, response))
                .onErrorResume(error -> withoutRedis(bucket, error));
    }

    private @Nullable Bucket bucketOf(ServerWebExchange exchange, Identity identity) {
        return switch (identity) {
            case Identity.Refused _ -> addressBucket(exchange);
            case Identity.Known known ->
                switch (known.caller()) {
                    case Caller.Operator _ -> null;
                    case Caller.Account account -> accountBucket(account);
                    case Caller.Anonymous _, Caller.ApiKey _, Caller.Service _ -> addressBucket(exchange);
                };
        };
    }

    private Bucket accountBucket(Caller.Account account) {
        return new Bucket(
                Kind.ACCOUNT,
                keys.key(account.tenant(), FEATURE, account.accountId().toString()));
    }

    /** Does not contain the tenant: an anonymous caller can name any tenant, and would have a full bucket in each. */
    private Bucket addressBucket(ServerWebExchange exchange) {
        return new Bucket(
                Kind.ADDRESS, keys.shared(FEATURE) + ":" + KeySpace.escape(addresses.rangeOf(exchange.getRequest())));
    }

    private boolean admit(ServerWebExchange exchange, Bucket bucket, Response response) {
        if (response.isAllowed()) {
            response.getHeaders().forEach(exchange.getResponse().getHeaders()::set);
            return true;
        }
        if (bucket.kind() == Kind.ADDRESS) {
            refused.add(exchange.getRequest(), () -> refusal(bucket, response), NEXT_REFILL);
        }
        throw refusal(bucket, response);
    }

    private ProblemException refusal(Bucket bucket, Response response) {
        long capacity = buckets.limitOf(bucket).capacity();
        var problem = new ProblemException(ProblemType.RATE_LIMITED, "Try again after Retry-After.")
                .limited(bucket.kind().label(), capacity, capacity - Long.parseLong(Buckets.remaining(response)))
                .retryAfter(NEXT_REFILL);
        response.getHeaders().forEach(problem.getHeaders()::set);
        return problem;
    }

    private Mono<Boolean> withoutRedis(Bucket bucket, Throwable error) {
        if (error instanceof ProblemException) {
            return Mono.error(error);
        }
        return buckets.limitOf(bucket).failOpen() ? Mono.just(true) : Mono.error(Problems.unavailable());
    }
}
