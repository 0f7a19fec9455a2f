package dev.frontdesk.session;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.identity.IdentityAssertions.Asserted;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Responds to password checks as registration-service does. The real one is another module's application with its own
 * database, and can't be made to respond wrongly or late; the end-to-end tests check both together.
 */
public final class RegistrationStub {

    /** How it behaves; all values but KNOWS_ACCOUNTS are failures. */
    public enum Mood {
        KNOWS_ACCOUNTS,
        NEVER_ANSWERS,
        OVERLOADED,
        COUNTS_CLIENTS,
        BROKEN,
        REFUSES_CALLERS,
        ANSWERS_NOTHING
    }

    private record Known(TenantId tenant, String email) {}

    private record Registered(String password, VerifiedCredentials account) {}

    private final JsonMapper json;
    private final IdentityAssertions assertions;
    private final Map<Known, Registered> accounts = new ConcurrentHashMap<>();
    private final AtomicInteger passwordsSeen = new AtomicInteger();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final int port;
    private final AtomicReference<@Nullable HeldAnswer> held = new AtomicReference<>();
    private volatile Mood mood = Mood.KNOWS_ACCOUNTS;
    private volatile @Nullable String traceparent;
    private volatile @Nullable String clientAddress;
    private volatile @Nullable String userAgent;
    private volatile DisposableServer server;

    public RegistrationStub(JsonMapper json, IdentityAssertions assertions) {
        this.json = json;
        this.assertions = assertions;
        this.server = listen(0);
        this.port = server.port();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public UUID knows(TenantId tenant, String email, String password) {
        var account = new VerifiedCredentials(UUID.randomUUID(), "tr", Set.of("editor"), 0);
        accounts.put(new Known(tenant, email), new Registered(password, account));
        return account.accountId();
    }

    /** How often the account's credentials were replaced; earlier responses are outdated. */
    public void has(long credentialsVersion, UUID account) {
        change(account, known -> new Registered(known.password(), version(credentialsVersion, known.account())));
    }

    /** With a version that is one higher. */
    public void changes(UUID account, String password) {
        change(
                account,
                known -> new Registered(password, version(known.account().credentialsVersion() + 1, known.account())));
    }

    private void change(UUID account, UnaryOperator<Registered> change) {
        accounts.replaceAll((_, known) -> known.account().accountId().equals(account) ? change.apply(known) : known);
    }

    private static VerifiedCredentials version(long version, VerifiedCredentials account) {
        return new VerifiedCredentials(account.accountId(), account.locale(), account.roles(), version);
    }

    /** The response to the next request is created when it arrives, and sent when it is released. */
    public HeldAnswer holdsNextAnswer() {
        var next = new HeldAnswer();
        held.set(next);
        return next;
    }

    /** A response in flight. */
    public static final class HeldAnswer implements AutoCloseable {

        private final CompletableFuture<Void> asked = new CompletableFuture<>();
        private final CompletableFuture<Void> released = new CompletableFuture<>();

        public void awaitQuestion() {
            asked.orTimeout(20, TimeUnit.SECONDS).join();
        }

        public void release() {
            released.complete(null);
        }

        @Override
        public void close() {
            release();
        }
    }

    /** How many password checks it received. */
    public int passwordsSeen() {
        return passwordsSeen.get();
    }

    public Optional<String> lastTraceparent() {
        return Optional.ofNullable(traceparent);
    }

    /** The client address of the last check. */
    public Optional<String> lastClientAddress() {
        return Optional.ofNullable(clientAddress);
    }

    public Optional<String> lastUserAgent() {
        return Optional.ofNullable(userAgent);
    }

    public void is(Mood mood) {
        this.mood = mood;
    }

    /** Refuses connections and closes the open ones, as when a process is killed. */
    public void stop() {
        connections.close().awaitUninterruptibly();
        server.disposeNow();
    }

    public void start() {
        server = listen(port);
    }

    private DisposableServer listen(int onPort) {
        return HttpServer.create()
                .host("127.0.0.1")
                .channelGroup(connections)
                .port(onPort)
                .route(routes -> routes.post(CredentialCheck.PATH, this::check))
                .bindNow();
    }

    private Publisher<Void> check(HttpServerRequest request, HttpServerResponse response) {
        passwordsSeen.incrementAndGet();
        traceparent = request.requestHeaders().get("traceparent");
        userAgent = request.requestHeaders().get("User-Agent");
        clientAddress = Optional.ofNullable(request.requestHeaders().get(Headers.IDENTITY))
                .flatMap(assertions::read)
                .map(Asserted::clientAddress)
                .orElse(null);
        return switch (mood) {
            case KNOWS_ACCOUNTS -> answer(request, response);
            case NEVER_ANSWERS -> Mono.never();
            case OVERLOADED -> problem(response.header("Retry-After", "7"), ProblemType.OVERLOADED);
            case COUNTS_CLIENTS -> tooMany(response.header("Retry-After", "7"));
            case BROKEN -> response.status(500).send();
            case REFUSES_CALLERS -> problem(response, ProblemType.UNAUTHENTICATED);
            case ANSWERS_NOTHING -> response.status(200).send();
        };
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        String assertion = request.requestHeaders().get(Headers.IDENTITY);
        var caller = Optional.ofNullable(assertion).flatMap(assertions::verify);
        if (caller.isEmpty()
                || !(caller.get() instanceof Caller.Service(TenantId tenant, String name))
                || !name.equals("session-service")) {
            return problem(response, ProblemType.UNAUTHENTICATED);
        }
        return request.receive()
                .aggregate()
                .asByteArray()
                .map(body -> json.readValue(body, CredentialCheck.class))
                .flatMap(check -> Mono.from(verdict(tenant, check, response)));
    }

    private Publisher<Void> verdict(TenantId tenant, CredentialCheck check, HttpServerResponse response) {
        var registered = accounts.get(new Known(tenant, check.email()));
        if (registered == null || !registered.password().equals(check.password())) {
            return problem(response, ProblemType.WRONG_CREDENTIALS);
        }
        // With a field that this version does not know, as from a newer registration-service.
        var body = Map.of(
                "account_id", registered.account().accountId(),
                "locale", registered.account().locale(),
                "roles", registered.account().roles(),
                "credentials_version", registered.account().credentialsVersion(),
                "mood", "sunny");
        return send(response.status(200), "application/json", body);
    }

    private Publisher<Void> tooMany(HttpServerResponse response) {
        var body = Map.of(
                "type", ProblemType.RATE_LIMITED.uri(),
                "status", 429,
                "error", "rate_limit_exceeded",
                "reason", "hash_limit",
                "limit", 100,
                "current", 100,
                "retry_after", 7);
        return send(response.status(429), "application/problem+json", body);
    }

    private Publisher<Void> problem(HttpServerResponse response, ProblemType type) {
        var body = Map.of("type", type.uri(), "title", type.title(), "status", type.status(), "detail", "As it is.");
        return send(response.status(type.status()), "application/problem+json", body);
    }

    private Publisher<Void> send(HttpServerResponse response, String type, Object body) {
        byte[] answer = json.writeValueAsBytes(body);
        var holding = held.getAndSet(null);
        if (holding != null) {
            holding.asked.complete(null);
        }
        var given = holding == null
                ? Mono.just(answer)
                : Mono.fromFuture(holding.released, true).thenReturn(answer);
        return response.header("Content-Type", type).sendByteArray(given);
    }
}
