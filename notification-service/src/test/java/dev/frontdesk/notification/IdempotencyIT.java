package dev.frontdesk.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.idempotency.Answer;
import dev.frontdesk.kit.idempotency.Idempotency;
import dev.frontdesk.kit.idempotency.IdempotencyToken;
import dev.frontdesk.kit.values.Sha256;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.testsupport.servers.Database;
import java.net.ConnectException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@RunningService
class IdempotencyIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final TenantId ACME = new TenantId("acme");
    private static final Map<String, Object> REQUEST = Map.of("kind", "x", "priority", 5);

    @Autowired
    private Idempotency idempotency;

    @Autowired
    private Database database;

    private final String key = UUID.randomUUID().toString();
    private final ConcurrentLinkedQueue<IdempotencyToken> effects = new ConcurrentLinkedQueue<>();

    @Test
    void answersTheSameRequestOnceAndAgain() {
        var first = ask(ACME, REQUEST, this::create);
        var second = ask(ACME, REQUEST, this::create);

        assertThat(effects).hasSize(1);
        assertThat(first.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(first.getHeaders().getLocation()).isEqualTo(URI.create("/things/1"));
        assertThat(first.getBody()).contains("\"id\":");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void doesItEachTimeForWhoNamesNoKey() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/things"));
        idempotency.once(ACME, exchange, REQUEST, this::create).block(SOON);
        idempotency.once(ACME, exchange, REQUEST, this::create).block(SOON);

        assertThat(effects).hasSize(2).allMatch(IdempotencyToken.None.class::isInstance);
    }

    @Test
    void refusesAnotherRequestUnderTheKey() {
        ask(ACME, REQUEST, this::create);

        refused(ProblemType.IDEMPOTENCY_KEY_REUSED, post("/things"), Map.of("kind", "y"));
        refused(ProblemType.IDEMPOTENCY_KEY_REUSED, post("/others"), REQUEST);
        assertThat(effects).hasSize(1);
    }

    @Test
    void keepsTenantsApart() {
        ask(ACME, REQUEST, this::create);
        ask(new TenantId("other"), Map.of("kind", "y"), this::create);

        assertThat(effects).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void letsOneOfManyAtOnceDoIt() {
        var answer = Sinks.one();
        var tries = Flux.range(0, 30)
                .flatMap(
                        _ -> idempotency
                                .once(
                                        ACME,
                                        post("/things"),
                                        REQUEST,
                                        it -> create(it).delayUntil(_ -> answer.asMono()))
                                .map(ResponseEntity::getStatusCode)
                                .onErrorResume(
                                        ProblemException.class,
                                        problem -> problem.type() == ProblemType.REQUEST_IN_PROGRESS
                                                ? Mono.just(problem.getStatusCode())
                                                        .doOnNext(_ -> assertThat(problem.getHeaders()
                                                                        .getFirst("Retry-After"))
                                                                .isEqualTo("1"))
                                                : Mono.error(problem)),
                        30)
                .doOnNext(status -> {
                    if (status.value() == 409) {
                        answer.tryEmitValue("go on");
                    }
                });

        var statuses = tries.collectList().block(SOON);

        assertThat(effects).hasSize(1);
        assertThat(statuses).isNotNull().hasSize(30).contains(HttpStatus.CREATED, HttpStatus.CONFLICT);
    }

    @Test
    void triesAgainWhatAnOutageStoppedAndWithTheSameEffectKey() {
        assertThatThrownBy(() -> ask(ACME, REQUEST, it -> {
                    effects.add(it);
                    return Mono.error(new IllegalStateException(new ConnectException("away")));
                }))
                .isInstanceOf(IllegalStateException.class);
        refused(ProblemType.IDEMPOTENCY_KEY_REUSED, post("/things"), Map.of("kind", "y"));

        var answer = ask(ACME, REQUEST, this::create);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(effects).hasSize(2);
        assertThat(effects.stream().distinct()).hasSize(1);
    }

    @Test
    void forgetsARefusal() {
        assertThatThrownBy(() -> ask(ACME, REQUEST, _ -> Mono.error(ProblemException.invalid("kind", "is unknown"))))
                .isInstanceOf(ProblemException.class);

        assertThat(ask(ACME, Map.of("kind", "mended"), this::create).getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
    }

    @Test
    void takesOverFromAHolderThatDied() {
        var late = Sinks.<Answer>one();
        var holder = idempotency
                .once(ACME, post("/things"), REQUEST, it -> {
                    effects.add(it);
                    return late.asMono();
                })
                .toFuture();
        await().atMost(SOON).until(() -> effects.size() == 1);
        refused(ProblemType.REQUEST_IN_PROGRESS, post("/things"), REQUEST);
        update("held_until = now() - interval '1 second'");

        var answer = ask(ACME, REQUEST, this::create);
        late.tryEmitValue(Answer.ok(Map.of("too", "late")));

        await().atMost(SOON).until(holder::isDone);
        assertThat(effects).hasSize(2);
        assertThat(effects.stream().distinct()).hasSize(1);
        assertThat(ask(ACME, REQUEST, this::create)).isEqualTo(answer);
    }

    @Test
    void letsAClientThatGaveUpAskAgainAtOnce() {
        var waiting = idempotency
                .once(ACME, post("/things"), REQUEST, it -> {
                    effects.add(it);
                    return Mono.never();
                })
                .subscribe();
        await().atMost(SOON).until(() -> effects.size() == 1);

        waiting.dispose();

        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(ProblemException.class)
                .until(() -> ask(ACME, REQUEST, this::create).getStatusCode().is2xxSuccessful());
        assertThat(effects.stream().distinct()).hasSize(1);
    }

    @Test
    void meansAnotherRequestWhenTheKeyHasExpired() {
        ask(ACME, REQUEST, this::create);
        update("expires_at = now() - interval '1 second'");

        ask(ACME, Map.of("kind", "y"), this::create);

        assertThat(effects).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void deletesExpiredKeys() {
        ask(ACME, REQUEST, this::create);
        update("expires_at = '2000-01-01T00:00:00Z'");

        ask(new TenantId("other"), REQUEST, this::create);

        assertThat(update("location = location")).isZero();
    }

    @Test
    void namesAKeyThatIsNone() {
        for (String bad : List.of("", " ", "a b", "x".repeat(256), "é")) {
            var request = MockServerHttpRequest.post("/things").header(Headers.IDEMPOTENCY_KEY, bad);
            refused(ProblemType.INVALID_REQUEST, MockServerWebExchange.from(request), REQUEST);
        }
        var two = MockServerHttpRequest.post("/things").header(Headers.IDEMPOTENCY_KEY, "a", "b");
        refused(ProblemType.INVALID_REQUEST, MockServerWebExchange.from(two), REQUEST);
        assertThat(effects).isEmpty();
    }

    private Mono<Answer> create(IdempotencyToken effect) {
        effects.add(effect);
        return Mono.fromSupplier(() -> Answer.created(URI.create("/things/1"), Map.of("id", UUID.randomUUID())));
    }

    private ResponseEntity<String> ask(
            TenantId tenant, Object request, Function<IdempotencyToken, Mono<Answer>> effect) {
        return idempotency
                .once(tenant, post("/things"), request, effect)
                .blockOptional(SOON)
                .orElseThrow();
    }

    private ServerWebExchange post(String path) {
        return MockServerWebExchange.from(MockServerHttpRequest.post(path).header(Headers.IDEMPOTENCY_KEY, key));
    }

    private void refused(ProblemType type, ServerWebExchange exchange, Object request) {
        assertThatThrownBy(() ->
                        idempotency.once(ACME, exchange, request, this::create).block(SOON))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    private int update(String change) {
        var sql = "UPDATE notification.idempotency_keys SET " + change + " WHERE tenant = 'acme' AND key_hash = ?";
        try (var connection = database.connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, Sha256.hex(key));
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
