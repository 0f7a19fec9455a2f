package dev.frontdesk.gateway.usage;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Reports that can't be finished, because Redis is frozen. */
@WithServers(value = KAFKA, own = REDIS)
class UsageReportsIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Autowired
    private Redis redis;

    @Autowired
    private UsageReports reports;

    @AfterEach
    void resume() {
        redis.resume();
    }

    @Test
    void areFewAtOnceAndNotAllOfOneTenant() {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(report("default").join().requestCount()).isZero());
        redis.pause();
        var pending = Stream.of("default", "default", "acme", "other")
                .map(this::report)
                .toList();

        assertOverloaded("default");
        assertOverloaded("small");

        redis.resume();
        await().atMost(LONG).until(() -> pending.stream().allMatch(CompletableFuture::isDone));
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(report("default").join().requestCount()).isZero());
    }

    private void assertOverloaded(String tenant) {
        verifyEnded(reports.ofTenant(new TenantId(tenant), lastHour()))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                problem -> assertThat(problem.type()).isEqualTo(ProblemType.OVERLOADED)));
    }

    private CompletableFuture<TenantUsage> report(String tenant) {
        return reports.ofTenant(new TenantId(tenant), lastHour()).toFuture();
    }

    private static UsageRange lastHour() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        return new UsageRange(UsageInterval.HOUR, hour, hour.plus(1, ChronoUnit.HOURS));
    }
}
