package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.clients.RefusedClients;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.limits.Bucket.Kind;
import dev.frontdesk.gateway.pipeline.Step;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Problems;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ratelimit.RateLimiter.Response;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Counts a request against its account, or against its address if it has none, and refuses it beyond the limit. */
final class LimitFilter implements GlobalFilter, Ordered {

    private static final String FEATURE = "limit";

    private static final String COUNTED = LimitFilter.class.getName() + ".counted";

    /** The bucket is refilled at every full second, by one request at least. */
    private static final Duration NEXT_REFILL = Duration.ofSeconds(1);

    private final Buckets buckets;
    private final ClientAddresses addresses;
    private final RefusedClients refused;
    private final KeySpace keys;

    LimitFilter(Buckets buckets, ClientAddresses addresses, RefusedClients refused, KeySpace keys) {
        this.buckets = buckets;
        this.addresses = addresses;
        this.refused = refused;
        this.keys = keys;
    }

    @Override
    public int getOrder() {
        return Step.LIMIT.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        exchange.getAttributes().put(COUNTED, true);
        Bucket bucket = bucketOf(exchange);
        return bucket == null
                ? chain.filter(exchange)
                : count(exchange, bucket).then(Mono.defer(() -> chain.filter(exchange)));
    }

    /** Whether this filter has already counted the request. */
    static boolean hasCounted(ServerWebExchange exchange) {
        return exchange.getAttributes().containsKey(COUNTED);
    }

    /** Fails with 429 when the client's address is beyond its limit. */
    Mono<Boolean> countClient(ServerWebExchange exchange) {
        exchange.getAttributes().put(COUNTED, true);
        return count(exchange, addressBucket(exchange));
    }

    private Mono<Boolean> count(ServerWebExchange exchange, Bucket bucket) {
        return buckets.take(bucket)
                .flatMap(response -> judge(exchange, bucket, response).thenReturn(true))
                .onErrorResume(error -> withoutRedis(bucket, error));
    }

    private @Nullable Bucket bucketOf(ServerWebExchange exchange) {
        return switch (Identity.of(exchange)) {
            case Identity.Refused _ -> addressBucket(exchange);
            case Identity.Known known ->
                switch (known.caller()) {
                    case Caller.Operator _ -> null;
                    case Caller.Account account -> accountBucket(account);
                    case Caller.Anonymous _, Caller.Service _ -> addressBucket(exchange);
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

    private Mono<Void> judge(ServerWebExchange exchange, Bucket bucket, Response response) {
        if (response.isAllowed()) {
            response.getHeaders().forEach(exchange.getResponse().getHeaders()::set);
            return Mono.empty();
        }
        if (bucket.kind() == Kind.ADDRESS) {
            refused.add(exchange.getRequest(), () -> refusal(bucket, response), NEXT_REFILL);
        }
        return Mono.error(refusal(bucket, response));
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
