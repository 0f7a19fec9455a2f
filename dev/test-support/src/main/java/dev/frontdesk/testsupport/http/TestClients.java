package dev.frontdesk.testsupport.http;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Clients that read every response whole. {@link WebTestClient} alone leaves the body of a response unread if the test
 * only looks at the status; its buffers are then never released, and neither is the connection. Not for bodies without
 * an end.
 */
public final class TestClients {

    private TestClients() {}

    /** For the server of a test on this machine. */
    public static WebTestClient.Builder at(int port) {
        return reading(WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port));
    }

    /** Makes an existing client read every response whole. */
    public static WebTestClient.Builder reading(WebTestClient.Builder client) {
        return client.filter(TestClients::readWhole);
    }

    private static Mono<ClientResponse> readWhole(ClientRequest request, ExchangeFunction next) {
        return next.exchange(request)
                .flatMap(response -> DataBufferUtils.join(response.body(BodyExtractors.toDataBuffers()))
                        .map(TestClients::copyAndRelease)
                        .map(Flux::just)
                        .defaultIfEmpty(Flux.empty())
                        .map(body -> response.mutate().body(_ -> body).build()));
    }

    private static DataBuffer copyAndRelease(DataBuffer received) {
        byte[] bytes = new byte[received.readableByteCount()];
        received.read(bytes);
        DataBufferUtils.release(received);
        return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
    }
}
