package dev.frontdesk.gateway.documents;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersion;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Which versions a gateway uses while registration-service fails, or after its database was restored or emptied. */
@WithServers(value = KAFKA, own = REDIS)
@ExtendWith(OutputCaptureExtension.class)
class SharedDocumentIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** No other gateway reads it. */
    private static final String NAME = "test-document";

    private static final GatewayDocument LOST = version(40, 40);
    private static final GatewayDocument RESTORED = version(35, 35);
    private static final GatewayDocument CHANGED = version(36, 50);

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Autowired
    private JsonMapper json;

    @Autowired
    private WebClient.Builder http;

    @Autowired
    private IdentityAssertions assertions;

    private final List<Long> used = new CopyOnWriteArrayList<>();
    private final Backend stored = new Backend();
    private final Scheduler worker = Schedulers.newBoundedElastic(1, 100, "test-documents");
    private SharedDocument document;

    @BeforeEach
    void make() {
        var client = http.clone().baseUrl(stored.url()).build();
        document = new SharedDocument(
                NAME,
                new StoredDocuments(client, assertions),
                new CopiedDocuments(redis, keys, json),
                worker,
                it -> used.add(it.version()));
    }

    @AfterEach
    void stop() {
        document.stop();
        stored.stop();
        worker.dispose();
        redis.delete(GatewayDocumentKeys.copy(keys)).block(LONG);
    }

    private static GatewayDocument version(long version, int second) {
        return new GatewayDocument(
                NAME,
                version,
                "{\"v\":" + version + "}",
                Instant.parse("2026-11-30T12:00:00Z").plusSeconds(second));
    }

    private void startWith(GatewayDocument first) {
        stored.restoreDocument(first);
        document.start();
        assertThat(document.loaded()).succeedsWithin(LONG);
    }

    private void copy(GatewayDocument copied) {
        redis.<String, String>opsForHash()
                .put(GatewayDocumentKeys.copy(keys), NAME, json.writeValueAsString(copied))
                .block(LONG);
    }

    /** The copy is read each time that registration-service fails. */
    private void failOnce(CapturedOutput output) {
        int before = output.getAll().length();
        stored.stop();
        document.loadAgain();
        await().atMost(LONG).until(() -> output.getAll().substring(before).contains("document " + NAME + " failed"));
        stored.start();
        await().atMost(LONG)
                .until(() -> output.getAll().substring(before).contains("document " + NAME + " works again"));
    }

    @Test
    void takesNoCopyOverWhatRegistrationServiceHasConfirmed(CapturedOutput output) {
        startWith(RESTORED);
        copy(LOST);

        failOnce(output);

        assertThat(used).containsExactly(35L);
    }

    @Test
    void takesACopyThatCameAsAChange() {
        startWith(RESTORED);
        stored.stop();
        copy(CHANGED);

        document.tell(GatewayDocumentVersion.of(CHANGED));

        await().atMost(LONG).untilAsserted(() -> assertThat(used).containsExactly(35L, 36L));
    }

    @Test
    void takesNoOlderCopyThatCameAsALateChange(CapturedOutput output) {
        startWith(CHANGED);
        copy(LOST);
        document.tell(GatewayDocumentVersion.of(LOST));

        failOnce(output);

        assertThat(used).containsExactly(36L);
    }

    @Test
    void takesTheCopyUntilRegistrationServiceAnswers() {
        stored.stop();
        copy(LOST);
        document.start();
        assertThat(document.loaded()).succeedsWithin(LONG);

        copy(RESTORED);
        document.tell(GatewayDocumentVersion.of(RESTORED));

        await().atMost(LONG).untilAsserted(() -> assertThat(used).containsExactly(40L, 35L));
    }

    @Test
    void takesWhatARestoredDatabaseHasAndWhatIsChangedThere() {
        startWith(LOST);

        stored.restoreDocument(RESTORED);
        document.loadAgain();
        await().atMost(LONG).untilAsserted(() -> assertThat(used).containsExactly(40L, 35L));
        stored.restoreDocument(CHANGED);
        document.loadAgain();
        await().atMost(LONG).untilAsserted(() -> assertThat(used).containsExactly(40L, 35L, 36L));
    }

    @Test
    void keepsTheDocumentThatRegistrationServiceHasLost(CapturedOutput output) {
        startWith(LOST);

        stored.loseDocuments();
        document.loadAgain();
        await().atMost(LONG).until(document::isLost);
        assertThat(document.current().block(LONG))
                .isEqualTo(new GatewayDocument(NAME, 0, LOST.content(), LOST.changedAt()));

        assertThat(used).containsExactly(40L);
        assertThat(document.latest()).isEqualTo(LOST);
        assertThat(output.getAll()).containsOnlyOnce("has no document " + NAME + " any more");
        GatewayDocument again =
                document.replace(0, LOST.content()).blockOptional(LONG).orElseThrow();
        assertThat(again.version()).isEqualTo(1);
        assertThat(used).containsExactly(40L, 1L);
        assertThat(document.isLost()).isFalse();
    }
}
