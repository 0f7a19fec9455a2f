package dev.frontdesk.cache.origins;

import static dev.frontdesk.cache.CacheClient.application;
import static dev.frontdesk.cache.origins.OriginServer.value;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.cache.SecondInstance;
import dev.frontdesk.cache.entries.EntryLoads;
import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** Two instances and one origin. */
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {"management.server.port=0", ManyReadersIT.LOCAL_ORIGINS})
@Import(CacheClient.class)
@WithServers(REDIS_CLUSTER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyReadersIT {

    static final String LOCAL_ORIGINS = "frontdesk.cache.namespaces.allowed-networks=127.0.0.1";

    private static final int READERS = 1000;
    private static final TenantId ACME = new TenantId("acme");
    private static final String PATH = "/products/p1";

    private final CacheClient client;
    private final TestEnvironment servers;
    private final EntryLoads loads;
    private final OriginServer origin = new OriginServer();
    private SecondInstance other;

    ManyReadersIT(
            @Autowired CacheClient client, @Autowired TestEnvironment servers, @Autowired EntryLoads loads) {
        this.client = client;
        this.servers = servers;
        this.loads = loads;
    }

    @BeforeAll
    void startsAnother() {
        other = new SecondInstance(servers, LOCAL_ORIGINS);
    }

    @AfterAll
    void stops() {
        other.close();
        origin.close();
    }

    private String namespace() {
        String namespace = "ns-" + UUID.randomUUID();
        client.as(application(ACME))
                .set(
                        namespace,
                        "{\"origin\":{\"url\":\"%s\",\"timeout_ms\":4000}}".formatted(origin.url("/products/{key}")))
                .expect(201);
        return namespace;
    }

    private List<CompletableFuture<CacheClient.Answer>> readers(String namespace) {
        var instances = List.of(client.as(application(ACME)), client.at(application(ACME), other.port()));
        return IntStream.range(0, READERS)
                .mapToObj(i -> instances.get(i % 2).sending("GET", "cache/" + namespace + "/p1", null))
                .toList();
    }

    private int requests() {
        return origin.received(PATH).size();
    }

    @Test
    void causeOneRequest() {
        String namespace = namespace();
        var gate = new CountDownLatch(1);
        origin.answers(PATH, origin.after(gate, value("v1")));
        int before = requests();

        var reading = readers(namespace);
        await().until(() -> requests() > before);
        gate.countDown();

        assertThat(reading).allSatisfy(read -> assertThat(
                        read.join().expect(200).body())
                .isEqualTo("v1"));
        assertThat(requests()).isEqualTo(before + 1);
    }

    @Test
    void seeAnInvalidationInTheMiddle() {
        String namespace = namespace();
        var gate = new CountDownLatch(1);
        origin.answers(PATH, origin.after(gate, value("before")));
        int before = requests();
        var early = readers(namespace);
        await().until(() -> requests() > before);

        origin.answers(PATH, value("after"));
        client.as(application(ACME)).post(namespace + "/invalidate", "{}").expect(204);
        var late = readers(namespace);
        gate.countDown();

        assertThat(late).allSatisfy(read -> assertThat(
                        read.join().expect(200).body())
                .isEqualTo("after"));
        assertThat(early).allSatisfy(read -> read.join().expect(200));
        assertThat(client.at(application(ACME), other.port())
                        .get(namespace + "/p1")
                        .expect(200)
                        .body())
                .isEqualTo("after");
        assertThat(requests()).isEqualTo(before + 2);
    }

    /** As one that was killed: it has the lease, and never stores anything. */
    @Test
    void takeOverFromALoaderThatDied() {
        String namespace = namespace();
        origin.answers(PATH, value("v2"));
        var lease = loads.lease(
                        new Owner.Application(ACME),
                        new EntryName(namespace, "p1"),
                        "of the dead",
                        Duration.ofSeconds(1),
                        null)
                .block();
        assertThat(lease).isInstanceOf(EntryLoads.Lease.Given.class);
        int before = requests();

        assertThat(readers(namespace)).allSatisfy(read -> assertThat(
                        read.join().expect(200).body())
                .isEqualTo("v2"));

        assertThat(requests()).isEqualTo(before + 1);
    }
}
