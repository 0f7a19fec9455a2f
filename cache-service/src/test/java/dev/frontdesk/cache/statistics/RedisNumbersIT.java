package dev.frontdesk.cache.statistics;

import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.RedisCluster;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "management.server.port=0")
@WithServers(own = REDIS_CLUSTER)
@ConcurrentTestClass
class RedisNumbersIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void leavesOutAMasterThatDoesNotAnswer(@Autowired RedisNumbers numbers, @Autowired RedisCluster redis) {
        var all = requireNonNull(numbers.read().block(LONG));
        assertThat(all.masters()).isEqualTo(3);
        assertThat(all.unreachable()).isZero();

        redis.pauseOne();
        var others = requireNonNull(numbers.read().block(LONG));

        assertThat(others.masters()).isEqualTo(3);
        assertThat(others.unreachable()).isOne();
        assertThat(others.usedMemoryBytes()).isPositive().isLessThan(all.usedMemoryBytes());
    }
}
