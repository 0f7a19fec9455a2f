package dev.frontdesk.registration.pendingregistrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.accounts.AccountProperties;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.binding.BindMarkersFactory;
import org.springframework.transaction.reactive.TransactionCallback;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Its times, with a Redis and a database that are slow. */
class RedisHandoverTest {

    private static final Duration COMMAND = Duration.ofMillis(500);
    private static final Duration SLOW = Duration.ofMillis(400);

    private final List<String> statements = new CopyOnWriteArrayList<>();

    @Test
    void takesNoLongerThanOneCommandInAll() {
        StepVerifier.withVirtualTime(() -> handover(Mono.delay(SLOW).thenReturn(true))
                        .of(new TenantId("acme"), new EmailAddress("ada@example.com")))
                .thenAwait(COMMAND)
                .expectError(RedisUnavailable.class)
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void locksNoRowBeforeRedisHasAnswered() {
        StepVerifier.withVirtualTime(() -> new RedisHandoverSweep(handover(Mono.never())).work())
                .thenAwait(Duration.ofSeconds(10))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
        assertThat(statements).isNotEmpty().noneMatch(it -> it.contains("FOR UPDATE"));
    }

    @SuppressWarnings("NullAway") // Nothing is handed over.
    private RedisHandover handover(Mono<Boolean> reply) {
        return new RedisHandover(
                DatabaseClient.builder()
                        .connectionFactory(new SlowDatabase())
                        .bindMarkers(BindMarkersFactory.indexed("$", 1))
                        .build(),
                new NoTransaction(),
                new ReactiveStringRedisTemplate(new LettuceConnectionFactory()) {
                    @Override
                    public Mono<Boolean> hasKey(String key) {
                        return reply;
                    }
                },
                new RedisBreaker(COMMAND),
                null,
                null,
                new KeySpace("test"),
                new AccountProperties(Duration.ofSeconds(1), Duration.ofSeconds(3)),
                Clock.systemUTC());
    }

    /** Finds nothing, and takes its time for that. */
    private final class SlowDatabase implements ConnectionFactory {

        @Override
        public Publisher<? extends Connection> create() {
            return Mono.delay(SLOW).map(_ -> fake(Connection.class, this::connection));
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return () -> "PostgreSQL";
        }

        private Object connection(Object self, Method method, Object[] args) {
            if (method.getName().equals("createStatement")) {
                statements.add(String.valueOf(args[0]));
                return fake(Statement.class, this::statement);
            }
            return Mono.empty();
        }

        private Object statement(Object self, Method method, Object[] args) {
            return method.getName().equals("execute") ? Mono.just(fake(Result.class, this::result)) : self;
        }

        private Object result(Object self, Method method, Object[] args) {
            return method.getName().equals("getRowsUpdated") ? Mono.just(0L) : Mono.empty();
        }

        private static <T> T fake(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }

    private static final class NoTransaction implements TransactionalOperator {

        @Override
        public <T> Mono<T> transactional(Mono<T> mono) {
            return mono;
        }

        @Override
        @SuppressWarnings("NullAway")
        public <T> Flux<T> execute(TransactionCallback<T> action) {
            return Flux.from(action.doInTransaction(null));
        }
    }
}
