package dev.frontdesk.session.login;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.problem.ProblemException;
import dev.frontdesk.kit.problem.Problems;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The passwords that registration-service keeps. When it is away for a while, logins are refused at once for some seconds
 * instead of waiting for it one by one.
 */
@Component
class RegisteredCredentials {

    private static final Logger log = LoggerFactory.getLogger(RegisteredCredentials.class);

    private static final CircuitBreakerConfig BREAKER = CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(10)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(5))
            .permittedNumberOfCallsInHalfOpenState(3)
            // A problem is an answer: that service lives, whatever it thinks of the password or of its own load.
            .recordException(error -> !(error instanceof ProblemException))
            .build();

    private final WebClient registration;
    private final IdentityAssertions assertions;
    private final String ownName;
    private final Duration timeout;
    private final CircuitBreaker breaker = CircuitBreaker.of("registration-service", BREAKER);

    RegisteredCredentials(
            WebClient.Builder clients,
            JsonMapper json,
            LoginProperties properties,
            IdentityAssertions assertions,
            @Value("${spring.application.name}") String ownName) {
        this.registration = clients.baseUrl(properties.registrationUrl().toString())
                .codecs(codecs -> codecs.defaultCodecs().jacksonJsonDecoder(tolerant(json)))
                .build();
        this.assertions = assertions;
        this.ownName = ownName;
        this.timeout = properties.checkTimeout();
    }

    /** Ends with the problem to answer with: wrong credentials, or that the check is not possible now. */
    Mono<VerifiedCredentials> verify(TenantId tenant, CredentialCheck credentials) {
        return Mono.defer(() -> ask(tenant, credentials))
                .timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(error -> !(error instanceof ProblemException), RegisteredCredentials::unavailable);
    }

    private Mono<VerifiedCredentials> ask(TenantId tenant, CredentialCheck credentials) {
        return registration
                .post()
                .uri(CredentialCheck.PATH)
                .header(Headers.IDENTITY, assertions.sign(new Caller.Service(tenant, ownName)))
                .bodyValue(credentials)
                .exchangeToMono(RegisteredCredentials::read);
    }

    private static Mono<VerifiedCredentials> read(ClientResponse response) {
        if (response.statusCode().isSameCodeAs(HttpStatus.OK)) {
            return response.bodyToMono(VerifiedCredentials.class);
        }
        if (response.statusCode().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            return response.releaseBody().then(Mono.error(Problems.unavailable()));
        }
        // 401 is also what a service gets whose own assertion is refused; only the type tells the two apart.
        return response.bodyToMono(Refusal.class)
                .filter(refusal -> ProblemType.WRONG_CREDENTIALS.uri().equals(refusal.type()))
                .<VerifiedCredentials>flatMap(_ -> Mono.error(wrongCredentials()))
                .switchIfEmpty(response.createError());
    }

    private record Refusal(@Nullable URI type) {}

    private static ProblemException wrongCredentials() {
        return new ProblemException(ProblemType.WRONG_CREDENTIALS, "Check both, then try again.");
    }

    private static ProblemException unavailable(Throwable error) {
        log.warn("Credentials can't be checked: {}", error.toString());
        return Problems.unavailable();
    }

    /** registration-service may be newer and say more than this service knows of, but never less. */
    private static JacksonJsonDecoder tolerant(JsonMapper json) {
        return new JacksonJsonDecoder(json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
    }
}
