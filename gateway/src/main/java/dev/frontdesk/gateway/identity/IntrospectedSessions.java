package dev.frontdesk.gateway.identity;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.introspection.Introspection;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.web.Problems;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Asks session-service (RFC 7662). */
final class IntrospectedSessions implements Sessions {

    private static final Logger log = LoggerFactory.getLogger(IntrospectedSessions.class);
    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");

    private final WebClient sessionService;
    private final Cache<Caller, String> assertion;
    private final IdentityAssertions assertions;
    private final CircuitBreaker breaker;
    private final Duration within;

    IntrospectedSessions(
            WebClient sessionService,
            IdentityAssertions assertions,
            CircuitBreaker breaker,
            Duration within,
            Ticker ticker) {
        this.sessionService = sessionService;
        this.assertions = assertions;
        this.breaker = breaker;
        this.within = within;
        this.assertion = Caffeine.newBuilder()
                .maximumSize(1)
                .expireAfterWrite(CallerHeaders.REUSED)
                .ticker(ticker)
                .build();
    }

    @Override
    public Mono<OpenSession> find(String token, Runnable beforeLookUp) {
        beforeLookUp.run();
        return introspect(token)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .filter(Introspection::active)
                .map(IntrospectedSessions::sessionOf)
                .doOnEach(TraceLog.onError(error -> log.warn("Token introspection failed: {}", error.toString())))
                // Whatever went wrong, it says nothing about the token: never a 401.
                .onErrorMap(_ -> Problems.unavailable());
    }

    private Mono<Introspection> introspect(String token) {
        return sessionService
                .post()
                .uri(IntrospectionRequest.PATH)
                .header(Headers.IDENTITY, assertion.get(GATEWAY, assertions::sign))
                .body(BodyInserters.fromFormData(IntrospectionRequest.TOKEN, token))
                .retrieve()
                .bodyToMono(Introspection.class)
                .timeout(within);
    }

    private static OpenSession sessionOf(Introspection answer) {
        var caller = new Caller.Account(
                new TenantId(requireNonNull(answer.tenant(), "tenant")),
                requireNonNull(answer.sub(), "sub"),
                requireNonNull(answer.sid(), "sid"),
                answer.roles() == null ? Set.of() : Set.copyOf(answer.roles()));
        return new OpenSession(
                caller,
                answer.iat() == null ? null : Instant.ofEpochSecond(answer.iat()),
                Instant.ofEpochSecond(requireNonNull(answer.exp(), "exp")),
                requireNonNull(answer.credentialsVersion(), "credentials_version"));
    }
}
