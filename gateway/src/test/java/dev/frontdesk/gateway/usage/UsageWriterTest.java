package dev.frontdesk.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.logs.LogCapture;
import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

class UsageWriterTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final Instant TEN = Instant.parse("2026-11-30T10:00:00Z");

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    private final UsageCounter counter = new UsageCounter();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<UsageBatch> sent = new ArrayList<>();
    private Instant now = TEN.plusSeconds(5);
    private Function<UsageBatch, Mono<Void>> redis = _ -> Mono.empty();
    private final UsageWriter writer = new UsageWriter(
            counter,
            new UnwrittenUsage(),
            batch -> {
                sent.add(batch);
                return redis.apply(batch);
            },
            clock(() -> now),
            meters);

    private final Caller.ApiKey key = new Caller.ApiKey(ACME, UUID.randomUUID(), new Scopes(List.of()));

    @Test
    void countsARequestForTheTenantTheAccountAndTheKey() {
        var alone = account(ACME, null);
        var together = account(ACME, key);
        counter.add(alone, false);
        counter.add(together, false);
        counter.add(together, true);
        counter.add(key, false);
        counter.add(account(new TenantId("other"), null), true);

        writer.write().block();

        assertThat(sent).hasSize(2);
        assertThat(sumOf(ACME))
                .isEqualTo(Map.of(
                        UsageSubject.TENANT,
                        new RequestCount(4, 1),
                        UsageSubject.account(alone.accountId()),
                        new RequestCount(1, 0),
                        UsageSubject.account(together.accountId()),
                        new RequestCount(2, 1),
                        UsageSubject.apiKey(key.id()),
                        new RequestCount(3, 1)));
        assertThat(sumOf(new TenantId("other"))).containsEntry(UsageSubject.TENANT, new RequestCount(1, 1));
        sent.clear();
        writer.write().block();
        assertThat(sent).isEmpty();
    }

    /** What is counted after a batch was written is all that a killed gateway loses while Redis is up. */
    @Test
    void leavesNothingUnwrittenAfterEachSecond() {
        for (int second = 0; second < 10; second++) {
            counter.add(key, false);
            writer.write().block();
            assertThat(sumOf(ACME)).containsEntry(UsageSubject.TENANT, new RequestCount(second + 1, 0));
        }
    }

    @Test
    void writesALastTimeWhenItStops() {
        counter.add(key, false);

        writer.lastWork().block();

        assertThat(sumOf(ACME)).containsEntry(UsageSubject.TENANT, new RequestCount(1, 0));
    }

    @Test
    void repeatsABatchAsItWasAndWritesLaterCountsAfterIt() {
        redis = _ -> Mono.error(new RedisException("no answer"));
        counter.add(key, false);
        fails();
        counter.add(key, false);
        fails();
        now = TEN.plusSeconds(3600);
        counter.add(key, true);
        fails();
        var first = sent.getFirst();
        assertThat(sent).containsOnly(first);

        sent.clear();
        redis = _ -> Mono.empty();
        writer.write().block();

        assertThat(sent).extracting(UsageBatch::hour).containsExactly(TEN, TEN, TEN.plusSeconds(3600));
        assertThat(sent.getFirst()).isEqualTo(first);
        assertThat(sent).extracting(UsageBatch::number).isSorted().doesNotHaveDuplicates();
        assertThat(sumOf(ACME)).containsEntry(UsageSubject.TENANT, new RequestCount(3, 1));
        sent.clear();
        writer.write().block();
        assertThat(sent).isEmpty();
    }

    @Test
    void writesManySubjectsInSeveralBatches() {
        IntStream.range(0, 1200).forEach(_ -> counter.add(account(ACME, null), false));

        writer.write().block();

        assertThat(sent).hasSize(3).allMatch(it -> it.counts().size() <= UnwrittenUsage.MOST_OF_A_BATCH);
        assertThat(sumOf(ACME)).hasSize(1201).containsEntry(UsageSubject.TENANT, new RequestCount(1200, 0));
    }

    @Test
    void keepsBoundedMemoryWhileRedisIsDown() {
        redis = _ -> Mono.error(new RedisException("down"));
        IntStream.range(0, UnwrittenUsage.MOST).forEach(_ -> counter.add(account(ACME, null), false));
        fails();
        counter.add(account(ACME, null), false);
        counter.add(account(ACME, null), true);
        fails();

        // The tenant has an entry, too.
        assertThat(dropped()).isEqualTo(3);
        assertThat(logs.lines())
                .filteredOn(line -> line.contains("for too long"))
                .hasSize(1);
        sent.clear();
        redis = _ -> Mono.empty();
        writer.write().block();
        assertThat(sumOf(ACME))
                .hasSize(UnwrittenUsage.MOST)
                .containsEntry(UsageSubject.TENANT, new RequestCount(UnwrittenUsage.MOST + 2, 1));

        counter.add(account(ACME, null), false);
        writer.write().block();
        assertThat(dropped()).isEqualTo(3);
    }

    @Test
    void isNotHeldUpByABatchThatRedisWillNeverTake() {
        redis = batch -> batch.tenant().equals(ACME) ? Mono.error(new IllegalStateException("ours")) : Mono.empty();
        counter.add(key, false);
        counter.add(account(new TenantId("other"), null), false);

        writer.write().block();
        assertThat(sumOf(new TenantId("other"))).containsEntry(UsageSubject.TENANT, new RequestCount(1, 0));
        sent.clear();
        writer.write().block();
        assertThat(sent).isEmpty();
    }

    private void fails() {
        assertThatThrownBy(() -> writer.write().block()).isInstanceOf(RedisException.class);
    }

    private Map<UsageSubject, RequestCount> sumOf(TenantId tenant) {
        var sum = new HashMap<UsageSubject, RequestCount>();
        sent.stream()
                .filter(it -> it.tenant().equals(tenant))
                .flatMap(it -> it.counts().entrySet().stream())
                .forEach(it -> sum.merge(it.getKey(), it.getValue(), RequestCount::plus));
        return sum;
    }

    private double dropped() {
        return meters.get("frontdesk.gateway.usage.dropped").counter().count();
    }

    private static Caller.Account account(TenantId tenant, Caller.@Nullable ApiKey key) {
        return new Caller.Account(tenant, UUID.randomUUID(), UUID.randomUUID(), Set.of(), key);
    }

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }
}
