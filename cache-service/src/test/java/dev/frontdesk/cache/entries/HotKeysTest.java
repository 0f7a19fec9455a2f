package dev.frontdesk.cache.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HotKeysTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final int MANY = 100_000;

    private final HotKeys keys = new HotKeys();

    private List<HotKeys.Reads> taken(int most) {
        keys.take(most);
        return keys.take(most).getOrDefault(ACME, List.of());
    }

    @Test
    void countsASampleOfTheReadsOfApplications() {
        for (int i = 0; i < MANY; i++) {
            keys.read(new Owner.Application(ACME), new EntryName("n", "hot"));
            keys.read(new Owner.Account(ACME, UUID.randomUUID()), new EntryName("n", "private"));
        }

        assertThat(taken(10)).singleElement().satisfies(only -> {
            assertThat(only.key()).isEqualTo("hot");
            assertThat(only.count()).isBetween(MANY * 8L / 10, MANY * 12L / 10);
        });
        assertThat(keys.take(10)).isEmpty();
    }

    @Test
    void isBoundedByTenant() {
        IntStream.range(0, 10_000).forEach(i -> keys.count(ACME, new EntryName("n", "k" + i)));
        IntStream.range(0, 10_000).forEach(i -> keys.count(new TenantId("t" + i), new EntryName("n", "k")));
        keys.count(ACME, new EntryName("n", "k7"));

        keys.take(10_000);
        var all = keys.take(10_000);

        assertThat(all).hasSize(1_000);
        assertThat(all.get(ACME)).hasSize(500);
        assertThat(all.get(ACME).getFirst().key()).isEqualTo("k7");
    }
}
