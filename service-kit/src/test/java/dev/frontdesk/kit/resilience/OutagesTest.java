package dev.frontdesk.kit.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.cluster.PartitionSelectorException;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.UncategorizedR2dbcException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.Exceptions;

class OutagesTest {

    static Stream<Throwable> outages() {
        return Stream.of(
                new ConnectException(),
                new TimeoutException(),
                new RuntimeException(new ConnectException()),
                new RedisConnectionFailureException("away"),
                new RedisCommandTimeoutException(),
                new RedisSystemException("", new RedisCommandExecutionException("LOADING Redis is loading")),
                new RedisCommandExecutionException("READONLY You can't write against a read only replica."),
                new RedisCommandExecutionException("CLUSTERDOWN The cluster is down"),
                new RedisCommandExecutionException("TRYAGAIN Multiple keys request during rehashing of slot"),
                new RedisCommandExecutionException(
                        "ERR Script attempted to access a non local key in a cluster node script: 0123, on @user_script:1."),
                new RedisCommandExecutionException("MOVED 1234 10.0.0.1:6379"),
                new RedisCommandExecutionException("ASK 1234 10.0.0.1:6379"),
                new PartitionSelectorException("Cannot determine a partition for slot 1234.", new Partitions()),
                new DataAccessResourceFailureException("away"),
                new DataAccessResourceFailureException("", new R2dbcNonTransientResourceException("", "57P01")),
                new DataAccessResourceFailureException("", new R2dbcNonTransientResourceException("", "25006")),
                new DataAccessResourceFailureException("", new R2dbcNonTransientResourceException("closed")),
                new UncategorizedR2dbcException("", null, new R2dbcTransientResourceException("", "40P01")),
                new CannotCreateTransactionException("away"),
                answer(500),
                answer(503),
                Exceptions.multiple(new RuntimeException(), new RuntimeException(new TimeoutException())));
    }

    static Stream<Throwable> mistakes() {
        return Stream.of(
                new IllegalStateException(),
                new NullPointerException(),
                Exceptions.multiple(new IllegalStateException(), new NullPointerException()),
                new DuplicateKeyException("twice"),
                answer(401),
                answer(429),
                new DataAccessResourceFailureException("", new R2dbcNonTransientResourceException("", "54000")),
                new DataAccessResourceFailureException("", new R2dbcNonTransientResourceException("", "P0001")),
                new DataAccessResourceFailureException("", new R2dbcNonTransientResourceException("", "25P02")),
                new RedisSystemException("", new RedisCommandExecutionException("ERR user_script:1: wrong")),
                new RedisCommandExecutionException("WRONGTYPE Operation against a key"));
    }

    private static WebClientResponseException answer(int status) {
        return WebClientResponseException.create(status, "", HttpHeaders.EMPTY, new byte[0], null);
    }

    @ParameterizedTest
    @MethodSource("outages")
    void whatMaySucceedLaterIsAnOutage(Throwable error) {
        assertThat(Outages.isBehind(error)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void whatWillFailAgainIsNone(Throwable error) {
        assertThat(Outages.isBehind(error)).isFalse();
    }
}
