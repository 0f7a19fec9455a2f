package dev.frontdesk.gateway.backends;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.UUID.randomUUID;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Replaces session-service and knows which sessions are open. */
public final class SessionBackend {

    private static final SecureRandom RANDOM = new SecureRandom();

    public final Backend http = new Backend();
    private final Map<String, Caller.Account> open = new ConcurrentHashMap<>();
    private volatile Duration thinks = Duration.ZERO;

    public static String newToken() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return "fds_17_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** Returns the token of a new session. */
    public String open(String tenant) {
        String token = newToken();
        open.put(token, new Caller.Account(new TenantId(tenant), randomUUID(), randomUUID(), Set.of("member")));
        return token;
    }

    public String open(Caller.Account session) {
        String token = newToken();
        open.put(token, session);
        return token;
    }

    public Caller.Account session(String token) {
        var session = open.get(token);
        if (session == null) {
            throw new AssertionError("No such session");
        }
        return session;
    }

    public void end(String token) {
        open.remove(token);
    }

    /** Sets how long each look-up takes from now on. */
    public void thinks(Duration time) {
        thinks = time;
    }

    public List<ReceivedRequest> lookUps() {
        return http.seen().stream()
                .filter(seen -> seen.uri().equals(IntrospectionRequest.PATH))
                .toList();
    }

    public void reset() {
        http.reset();
        open.clear();
        thinks = Duration.ZERO;
        http.answers(seen -> seen.uri().equals(IntrospectionRequest.PATH)
                ? Mono.delay(thinks).map(_ -> introspection(open.get(tokenIn(seen))))
                : Mono.just(Answer.json(200, "{\"sessions\":[]}")));
    }

    private static String tokenIn(ReceivedRequest seen) {
        return new String(seen.body(), UTF_8).replaceAll("(?:.*&)?token=([^&]*).*", "$1");
    }

    /** With a field that this version of the gateway does not know. */
    private static Answer introspection(Caller.@Nullable Account session) {
        return Answer.json(
                200,
                session == null
                        ? "{\"active\":false}"
                        : """
                        {"active":true,"tenant":"%s","sub":"%s","sid":"%s","roles":["member"],"credentials_version":1,"exp":%d,"newer":"field"}""".formatted(
                                        session.tenant(),
                                        session.accountId(),
                                        session.sessionId(),
                                        Instant.now().plusSeconds(3600).getEpochSecond()));
    }
}
