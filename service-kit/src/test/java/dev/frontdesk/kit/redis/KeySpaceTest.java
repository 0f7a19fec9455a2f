package dev.frontdesk.kit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySpaceTest {

    private static final TenantId ACME = new TenantId("acme");

    private final KeySpace keys = new KeySpace("prod");

    @Test
    void namesApplicationEnvironmentTenantFeatureAndKey() {
        assertThat(keys.key(ACME, "cache", "menu")).isEqualTo("frontdesk:prod:acme:cache:menu");
        assertThat(keys.key(ACME, "verification", new Partition(17), "ab"))
                .isEqualTo("frontdesk:prod:acme:verification:{p17}:ab");
        assertThat(keys.shared("session-outbox", new Partition(0))).isEqualTo("frontdesk:prod:_:session-outbox:{p0}");
        assertThat(keys.shared("session", new Partition(17), "ab")).isEqualTo("frontdesk:prod:_:session:{p17}:ab");
    }

    @Test
    void keepsWhatPeopleChooseInItsPlace() {
        assertThat(keys.key(ACME, "cache", "a:b{c}%*\r\nğ"))
                .isEqualTo("frontdesk:prod:acme:cache:a%3ab%7bc%7d%25%2a%0d%0a%c4%9f");
    }

    @Test
    void differentKeysStayDifferent() {
        assertThat(KeySpace.escape("a:b")).isNotEqualTo(KeySpace.escape("a%3ab"));
    }

    @Test
    void aPartitionDependsOnEachPartAndItsPlace() {
        assertThat(Partition.of("acme", "x")).isEqualTo(Partition.of("acme", "x"));
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> Partition.of("acme", i))
                        .collect(Collectors.toSet()))
                .hasSize(Partition.COUNT);
        assertThat(IntStream.range(0, 100)
                        .filter(i -> Partition.of("a" + i, "b").equals(Partition.of("a", i + "b"))))
                .hasSizeLessThan(20);
    }

    @Test
    void partitionsNeverMove() {
        // Changing the hash would lose every existing key.
        assertThat(Partition.of("acme", "ada@example.org")).isEqualTo(new Partition(11));
    }
}
