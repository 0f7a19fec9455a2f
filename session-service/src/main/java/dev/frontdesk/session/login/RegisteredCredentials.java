package dev.frontdesk.session.login;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.resilience.RetryAfter;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Problems;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks passwords at registration-service, which stores them. When it is down, logins are refused at once for some
 * seconds instead of each waiting for a timeout.
 */
@Component
class RegisteredCredentials {

    private static final Logger log = LoggerFactory.getLogger(RegisteredCredentials.class);

    /** Upper bound for the Retry-After of a 503, whatever registration-service sends. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final WebClient registration;
    private final IdentityAssertions assertions;
    private final String ownName;
    private final Duration timeout;
    private final CircuitBreaker breaker;
    private final Clock clock;

    RegisteredCredentials(
            WebClient.Builder clients,
            JsonMapper json,
            LoginProperties properties,
            IdentityAssertions assertions,
            Clock clock,
            @Value("${spring.application.name}") String ownName) {
        this.registration = clients.baseUrl(properties.registrationUrl().toString())
                .codecs(codecs -> codecs.defaultCodecs().jacksonJsonDecoder(tolerant(json)))
                .build();
        this.assertions = assertions;
        this.ownName = ownName;
        this.timeout = properties.checkTimeout();
        this.breaker = breaker(clock);
        this.clock = clock;
    }

    /**
     * Fails with a problem for wrong credentials, and with another one when they cannot be checked now.
     *
     * @param origin sent along because registration-service records where passwords were tried from
     */
    Mono<VerifiedCredentials> verify(TenantId tenant, CredentialCheck credentials, Origin origin) {
        return Mono.defer(() -> ask(tenant, credentials, origin))
                .timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorResume(
                        error -> Outages.isBehind(error) || error instanceof CallNotPermittedException,
                        this::unavailable);
    }

    private Mono<VerifiedCredentials> ask(TenantId tenant, CredentialCheck credentials, Origin origin) {
        return registration
                .post()
                .uri(CredentialCheck.PATH)
                .header(Headers.IDENTITY, assertions.sign(new Caller.Service(tenant, ownName), origin.address()))
                .headers(headers -> {
                    if (origin.userAgent() != null) {
                        headers.set(HttpHeaders.USER_AGENT, origin.userAgent());
                    }
                })
                .bodyValue(credentials)
                .retrieve()
                .bodyToMono(VerifiedCredentials.class)
                .single()
                .onErrorMap(WebClientResponseException.class, this::meaningOf);
    }

    private Exception meaningOf(WebClientResponseException refusal) {
        return switch (refusal) {
            case WebClientResponseException.ServiceUnavailable busy -> unavailable(busy.getHeaders());
            case WebClientResponseException.TooManyRequests tooMany -> tooMany(tooMany);
            case WebClientResponseException.Unauthorized _
            when isAboutCredentials(refusal) ->
                new ProblemException(ProblemType.WRONG_CREDENTIALS, "Check the address and the password.");
            default -> refusal;
        };
    }

    /** Passes the limit and the wait on: the service that counts knows them best. */
    private static ProblemException tooMany(WebClientResponseException refusal) {
        var counted = refusal.getResponseBodyAs(TooMany.class);
        var problem = new ProblemException(
                ProblemType.RATE_LIMITED,
                "Too many passwords were tried from this network. Try again after Retry-After.");
        return counted == null
                ? problem.retryAfter(Duration.ofSeconds(1))
                : problem.limited(counted.reason(), counted.limit(), counted.current())
                        .retryAfter(Duration.ofSeconds(counted.retryAfter()));
    }

    private record TooMany(String reason, long limit, long current, long retryAfter) {}

    /** Passes the wait on: the busy service knows best how long it takes. */
    private ProblemException unavailable(HttpHeaders said) {
        ProblemException problem = Problems.unavailable();
        return RetryAfter.read(said.getFirst(HttpHeaders.RETRY_AFTER), clock.instant(), LONGEST_WAIT)
                .map(problem::retryAfter)
                .orElse(problem);
    }

    /** A service whose own assertion is refused gets 401 too; only the problem type distinguishes the two cases. */
    private static boolean isAboutCredentials(WebClientResponseException refusal) {
        var problem = refusal.getResponseBodyAs(Problem.class);
        return problem != null && ProblemType.WRONG_CREDENTIALS.uri().equals(problem.type());
    }

    private record Problem(@Nullable URI type) {}

    /** Opens for 5 s when at least half of the last 10 to 20 checks met an outage; then allows 3 trial calls. */
    private static CircuitBreaker breaker(Clock clock) {
        var config = CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(5))
                .permittedNumberOfCallsInHalfOpenState(3)
                // A problem is none: the service is up, whatever it says about the password or its own load.
                .recordException(Outages::isBehind)
                .clock(clock)
                .build();
        return CircuitBreaker.of("registration-service", config);
    }

    private <T> Mono<T> unavailable(Throwable error) {
        return TraceLog.<T>line(() -> log.warn(
                        "Password check failed (circuit breaker {}): {}", breaker.getState(), error.toString()))
                .switchIfEmpty(Mono.error(Problems::unavailable));
    }

    /** Ignores unknown fields, because a newer registration-service may send more. */
    private static JacksonJsonDecoder tolerant(JsonMapper json) {
        return new JacksonJsonDecoder(json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
    }
}
