package dev.frontdesk.gateway.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpstreamsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Upstream heavy = upstream("a", 3);
    private final Upstream light = upstream("b", 1);
    private final Upstream drained = upstream("c", 0);
    private final Upstreams servers = new Upstreams(List.of(heavy, light, drained));
    private long now = 1;

    private static Upstream upstream(String name, int weight) {
        return new Upstream(URI.create("http://" + name + ".example:80"), weight, 2, Duration.ofSeconds(10));
    }

    @Test
    void takeTurnsByTheirWeights() {
        assertThat(shares(400, null)).isEqualTo(Map.of(heavy, 300, light, 100));
        // As evenly as possible: never four times in a row the same one.
        List<Upstream> order = Stream.generate(() -> servers.next(null, List.of(), now))
                .limit(8)
                .toList();
        assertThat(order.subList(0, 4)).contains(light);
        assertThat(order.subList(4, 8)).contains(light);
    }

    @Test
    void leaveOutTheOnesThatWereTried() {
        assertThat(servers.next(null, List.of(heavy), now)).isEqualTo(light);
        assertThat(servers.next(null, List.of(heavy, light), now)).isNull();
        assertThat(servers.next("x", List.of(heavy), now)).isEqualTo(light);
        assertThat(servers.next("x", List.of(heavy, light), now)).isNull();
    }

    @Test
    void leaveOutOneThatFailsInARowForLongerEachTime() {
        heavy.failed(now);
        heavy.succeeded();
        heavy.failed(now);
        assertThat(shares(4, null)).containsKey(heavy);

        heavy.failed(now);
        assertThat(shares(4, null)).isEqualTo(Map.of(light, 4));
        now += 10 * SECOND + 2;
        assertThat(shares(4, null)).containsKey(heavy);

        heavy.failed(now);
        now += 15 * SECOND;
        assertThat(shares(4, null)).doesNotContainKey(heavy);
        now += 6 * SECOND;
        assertThat(shares(4, null)).containsKey(heavy);

        heavy.succeeded();
        heavy.failed(now);
        assertThat(shares(4, null)).containsKey(heavy);
    }

    @Test
    void forgetFormerFailuresOfOneThatAnswers() {
        failUntilEjected();
        now += 10 * SECOND + 2;
        heavy.failed(now);
        heavy.succeeded();

        failUntilEjected();
        now += 10 * SECOND + 2;
        assertThat(shares(4, null)).containsKey(heavy);
    }

    /** However long it fails: 16 times as long as the first time, at most. */
    @Test
    void tryOneThatAlwaysFailsAgainAndAgain() {
        failUntilEjected();
        for (int i = 0; i < 100; i++) {
            now += 160 * SECOND + 2;
            assertThat(shares(4, null)).containsKey(heavy);
            heavy.failed(now);
            assertThat(shares(4, null)).doesNotContainKey(heavy);
        }
    }

    private void failUntilEjected() {
        heavy.failed(now);
        heavy.failed(now);
        assertThat(shares(4, null)).doesNotContainKey(heavy);
    }

    @Test
    void tryAllIfAllFail() {
        Stream.of(heavy, light).forEach(server -> {
            server.failed(now);
            server.failed(now);
        });

        assertThat(shares(4, null)).isEqualTo(Map.of(heavy, 3, light, 1));
        assertThat(servers.next("x", List.of(), now)).isNotNull();
    }

    @Test
    void keepASessionAtOneServerAndMoveOnlyThoseOfOneThatFails() {
        var before = new HashMap<String, Upstream>();
        for (int i = 0; i < 4000; i++) {
            Upstream server = servers.next("session " + i, List.of(), now);
            assertThat(server).isNotNull();
            before.put("session " + i, server);
            assertThat(servers.next("session " + i, List.of(), now)).isEqualTo(server);
        }
        long ofHeavy = before.values().stream().filter(heavy::equals).count();
        assertThat(ofHeavy).isBetween(2800L, 3200L);
        assertThat(before.values()).doesNotContain(drained);

        light.failed(now);
        light.failed(now);
        before.forEach((session, server) ->
                assertThat(servers.next(session, List.of(), now)).isEqualTo(heavy));
        light.succeeded();
        before.forEach((session, server) ->
                assertThat(servers.next(session, List.of(), now)).isEqualTo(server));
    }

    private Map<Upstream, Integer> shares(int requests, @Nullable String sticky) {
        var shares = new HashMap<Upstream, Integer>();
        for (int i = 0; i < requests; i++) {
            shares.merge(servers.next(sticky, List.of(), now), 1, Integer::sum);
        }
        return shares;
    }
}
