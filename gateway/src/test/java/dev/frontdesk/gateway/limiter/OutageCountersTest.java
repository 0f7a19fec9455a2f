package dev.frontdesk.gateway.limiter;

import static dev.frontdesk.gateway.limiter.CountersFixture.ACME;
import static dev.frontdesk.gateway.limiter.CountersFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutageCountersTest {

    private final OutageCounters counters = new OutageCounters(newCounters(), newCounters(), newCounters());

    private static LocalCounters newCounters() {
        return new LocalCounters(Ticker.systemTicker(), true, 2);
    }

    @Test
    void aFloodOfOneKindEvictsNoSubjectOfAnother() {
        var account = new Limited(Subject.account(ACME, UUID.randomUUID()), windows(1, 0, 0), 1);
        assertThat(take(account)).isTrue();

        for (int i = 0; i < 1000; i++) {
            take(new Limited(Subject.custom(ACME, "user-" + i, "exports"), windows(1, 0, 0), 1));
            take(new Limited(Subject.address("192.0.2." + i), windows(1, 0, 0), 1));
        }

        assertThat(take(account)).isFalse();
    }

    @Test
    void accountsKeysAndTenantsAreCountedTogether() {
        assertThat(Stream.of(
                                Subject.account(ACME, UUID.randomUUID()),
                                Subject.apiKey(ACME, UUID.randomUUID()),
                                Subject.tenant(ACME))
                        .map(counters::of))
                .containsOnly(counters.subjects());
    }

    private boolean take(Limited limited) {
        return counters.of(limited.subject()).take(List.of(limited), 1).allowed();
    }
}
