package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.HttpMethod.PUT;

import dev.frontdesk.testsupport.servers.WithServers;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

@RunningService
@WithServers(REDIS_CLUSTER)
class EntrySizeIT {

    private static final int LARGEST = 1_048_576;
    private static final int PIECE = 16_384;

    private final CacheApi.Calls application;
    private final StoredEntries stored;
    private final String key = UUID.randomUUID().toString();

    EntrySizeIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        this.application = api.as(application(ACME));
        this.stored = stored;
    }

    @Test
    void takesOneMegabyteToTheByte() {
        var largest = new byte[LARGEST];
        new Random(7).nextBytes(largest);

        whole(largest).expectStatus().isCreated();
        application.get("n/" + key).expectBody(byte[].class).isEqualTo(largest);

        inPieces(LARGEST).expectStatus().isNoContent();
    }

    @Test
    void refusesOneByteMore() {
        tooLarge(whole(new byte[LARGEST + 1]));
        tooLarge(inPieces(LARGEST + 1));
    }

    private WebTestClient.ResponseSpec whole(byte[] body) {
        return application
                .send(PUT, "n/" + key)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .bodyValue(body)
                .exchange();
    }

    /** Without a Content-Length. */
    private WebTestClient.ResponseSpec inPieces(int bytes) {
        Flux<DataBuffer> pieces = Flux.generate(() -> bytes, (left, sink) -> {
            if (left == 0) {
                sink.complete();
                return 0;
            }
            int length = Math.min(left, PIECE);
            sink.next(DefaultDataBufferFactory.sharedInstance.wrap(new byte[length]));
            return left - length;
        });
        return application.send(PUT, "n/" + key).body(pieces, DataBuffer.class).exchange();
    }

    private void tooLarge(WebTestClient.ResponseSpec answer) {
        answer.expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/payload-too-large");
        assertThat(stored.timesToLive()).doesNotContainKey("acme:cache:app:n:" + key);
    }
}
