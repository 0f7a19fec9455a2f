package dev.frontdesk.gateway.upstreams;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Exceptions;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/** Which addresses are really connected to, whatever was checked before. */
class UpstreamConnectionsIT {

    private final Backend application = new Backend();
    private final Set<InetSocketAddress> own = new HashSet<>();
    private final UpstreamProperties properties = properties("127.0.0.0/8", "::1");
    private final UpstreamConnections connections = new UpstreamConnections(
            properties,
            new UpstreamAddresses(
                    properties.allowedAddresses(),
                    Set.of(),
                    List.of(),
                    address -> own.stream().anyMatch(ours -> ours.getPort() == address.getPort())),
            new HttpPoolMetrics("test"));

    private static UpstreamProperties properties(String... networks) {
        return new UpstreamProperties(
                List.of(networks), List.of(), Set.of(), null, Duration.ofSeconds(1), 10, 5, Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        connections.destroy();
        application.stop();
    }

    private static String bodyOf(HttpClient client) {
        return requireNonNull(
                client.get().uri("/a").responseContent().aggregate().asString().block(Duration.ofSeconds(20)));
    }

    /** Also one that was allowed when its route was stored. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void checksTheAddressWhenItConnects(String host) {
        URI server = URI.create(application.url().replace("127.0.0.1", host));
        assertThat(bodyOf(connections.to(server))).contains("fine");

        own.add(new InetSocketAddress("127.0.0.1", server.getPort()));
        application.stop();
        application.start();

        for (HttpClient client : List.of(connections.to(server), connections.forStreams(server))) {
            assertThatThrownBy(() -> bodyOf(client))
                    .satisfies(error -> assertThat(Exceptions.unwrap(error)).isInstanceOf(UnknownHostException.class));
        }
    }

    /** It could lead to an address that no route may have, and is the client's to follow. */
    @Test
    void followsNoRedirect() {
        application.answers(Answer.json(302, "{}").with("Location", "/elsewhere"));

        int status = requireNonNull(connections
                .to(URI.create(application.url()))
                .get()
                .uri("/a")
                .response()
                .map(head -> head.status().code())
                .block(Duration.ofSeconds(20)));

        assertThat(status).isEqualTo(302);
        assertThat(application.seen()).hasSize(1);
    }

    @Test
    void knowsOurServersByTheAddressesOfTheirNames() {
        int port = URI.create(application.url()).getPort();
        var servers = new OwnServers(
                List.of(InetSocketAddress.createUnresolved("localhost", port)),
                () -> Set.of(8080),
                Schedulers.immediate());
        assertThat(servers.include(new InetSocketAddress("127.0.0.1", port))).isFalse();

        servers.resolveNow();

        assertThat(servers.include(new InetSocketAddress("127.0.0.1", port))).isTrue();
        assertThat(servers.include(new InetSocketAddress("127.0.0.9", port))).isTrue();
        assertThat(servers.include(new InetSocketAddress("::1", port))).isTrue();
        assertThat(servers.include(new InetSocketAddress("127.0.0.1", port == 1 ? 2 : 1)))
                .isFalse();
        assertThat(servers.include(new InetSocketAddress("127.0.0.1", 8080))).isTrue();
    }
}
