package dev.frontdesk.loadtests.sessions;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.loadtests.http.Answer;
import dev.frontdesk.loadtests.http.Browser;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.load.Load.Ask;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.state.Secrets;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Calls session-service as the gateway does, the bare look-up, and the gateway as clients do. */
public final class Visitors {

    private static final TenantId TENANT = TenantId.DEFAULT;

    /** Shorter than an assertion is valid: signing is the gateway's work and not measured here. */
    private static final Duration SIGNED_ANEW = Duration.ofSeconds(10);

    private final Browser sessions;
    private final Browser bare;
    private final Browser gateway;
    private final IdentityAssertions assertions;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile long signedAt = System.nanoTime() - SIGNED_ANEW.toNanos();
    private volatile Map<String, String> asGateway = Map.of();

    public Visitors(Installation installation, String bareUrl) {
        this.sessions = new Browser(installation.url(Part.SESSION));
        this.bare = new Browser(bareUrl);
        this.gateway = new Browser(installation.url(Part.GATEWAY));
        byte[] key = Base64.getDecoder().decode(installation.secret(Secrets.IDENTITY_KEY));
        this.assertions = new IdentityAssertions(new SecretKeySpec(key, "HmacSHA256"), Clock.systemUTC());
    }

    /** @return the tokens of this many sessions of one account */
    List<String> openSessions(String email, int number, int atOnce) {
        return Flux.range(0, number)
                .flatMap(
                        _ -> logIn(TENANT, email)
                                .map(Visitors::tokenIn)
                                .retryWhen(Retry.fixedDelay(5, Duration.ofSeconds(1))),
                        atOnce)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    /** @return the token of one session of each account of the tenant */
    public List<String> openSessions(TenantId tenant, List<String> emails, int atOnce) {
        return Flux.fromIterable(emails)
                .flatMap(
                        email -> logIn(tenant, email)
                                .map(Visitors::tokenIn)
                                .retryWhen(Retry.fixedDelay(5, Duration.ofSeconds(1))),
                        atOnce)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static String tokenIn(Answer answer) {
        if (answer.status() != 201) {
            throw new IllegalStateException("A login was answered " + answer.status());
        }
        return answer.field("token");
    }

    private Mono<Answer> logIn(TenantId tenant, String email) {
        return sessions.send(
                HttpMethod.POST,
                "/api/v1/sessions",
                "{\"email\": \"%s\", \"password\": \"any that is long enough\"}".formatted(email),
                signed(new Caller.Anonymous(tenant), "192.0.2." + turn.incrementAndGet() % 250));
    }

    Ask introspect(List<String> tokens) {
        String token = oneOf(tokens);
        return new Ask(
                "introspect", 200, () -> sessions.form(IntrospectionRequest.PATH, "token=" + token, asGateway()));
    }

    Ask lookUp(List<String> tokens, Function<String, String> key) {
        String token = oneOf(tokens);
        return new Ask("bare look-up", 200, () -> bare.get("/" + key.apply(token), Map.of()));
    }

    /** The route ends at a stub that answers every caller at once. */
    Ask throughTheGateway() {
        return new Ask("anonymous", 200, () -> gateway.get("/api/v1/cache/load/x", Map.of()));
    }

    Ask throughTheGateway(List<String> tokens) {
        String token = oneOf(tokens);
        return new Ask(
                "with a session",
                200,
                () -> gateway.get("/api/v1/cache/load/x", Map.of("Authorization", "Bearer " + token)));
    }

    /** @return the response to the request to end all other sessions */
    Mono<Answer> revokeOthers(String email, UUID kept) {
        return sessions.delete(
                "/api/v1/sessions",
                signed(new Caller.Account(TENANT, Neighbours.accountId(email), kept, Set.of()), "192.0.2.1"));
    }

    private <T> T oneOf(List<T> all) {
        return all.get(Math.floorMod(turn.incrementAndGet(), all.size()));
    }

    private Map<String, String> asGateway() {
        long now = System.nanoTime();
        if (now - signedAt >= SIGNED_ANEW.toNanos()) {
            asGateway = Map.of(Headers.IDENTITY, assertions.sign(new Caller.Service(TENANT, "gateway")));
            signedAt = now;
        }
        return asGateway;
    }

    private Map<String, String> signed(Caller caller, String address) {
        return Map.of(Headers.IDENTITY, assertions.sign(caller, address));
    }

    /** The Redis key of a session. */
    public static String keyOf(String token) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            String hash = HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.US_ASCII)));
            return "frontdesk:local:_:session:{p" + token.split("_", 3)[1] + "}:" + hash;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
