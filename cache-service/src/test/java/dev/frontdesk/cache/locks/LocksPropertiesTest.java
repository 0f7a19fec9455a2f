package dev.frontdesk.cache.locks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.Partition;
import java.time.Duration;
import java.util.HashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocksPropertiesTest {

    private static final TenantId ACME = new TenantId("acme");

    private static LocksProperties maxPerTenant(int locks) {
        var second = Duration.ofSeconds(1);
        return new LocksProperties(second, second, second, second, second, second, 1, 1, locks);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 500, 10_000, 100_000})
    void allLocksThatATenantMayHoldFit(int locks) {
        var counts = new HashMap<Partition, Integer>();
        IntStream.range(0, locks)
                .mapToObj(i -> LockKeys.partition(ACME, new LockName("lock-" + i)))
                .forEach(partition -> counts.merge(partition, 1, Integer::sum));

        assertThat(counts.values()).allMatch(count -> count <= maxPerTenant(locks).mostInAPartition());
    }

    @Test
    void itIsBoundedByAboutHalfMore() {
        assertThat(maxPerTenant(10_000).mostInAPartition() * Partition.COUNT).isEqualTo(14_848);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void refusesOtherNumbers(int locks) {
        assertThatIllegalArgumentException().isThrownBy(() -> maxPerTenant(locks));
    }
}
