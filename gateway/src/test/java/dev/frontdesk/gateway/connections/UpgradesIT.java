package dev.frontdesk.gateway.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.access.Endpoint;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.testsupport.http.RawConnection;
import dev.frontdesk.testsupport.logs.LogCapture;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpgradesIT extends RunningGateway {

    private static final List<String> UPGRADES = List.of(
            "Upgrade: websocket\r\n",
            "Upgrade: WebSocket\r\n",
            "Upgrade: h2c, websocket\r\n",
            "Upgrade: h2c\r\nUpgrade: websocket\r\n");

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    static Stream<String> everyPathButThatOfTheSocket() {
        return Arrays.stream(Endpoint.values())
                .filter(endpoint -> endpoint != Endpoint.OPEN_SOCKET)
                .map(Endpoint::path)
                .filter(path -> !path.startsWith("/internal"))
                .map(path -> path.replaceAll("\\{[^}]*}", "x"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("everyPathButThatOfTheSocket")
    void upgradesNothingWhereThereIsNoSocket(String path) throws IOException {
        String token = sessions.open("acme");
        for (String upgrade : UPGRADES) {
            try (var connection = new RawConnection(port)) {
                var answer = connection
                        .send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n" + upgrade
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ZnJvbnRkZXNrLWpvdXJuZXk=\r\n"
                                + "Authorization: Bearer " + token + "\r\n\r\n")
                        .answer();
                assertThat(answer.status()).as(path + " " + upgrade).isEqualTo(400);
                assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
            }
        }

        for (var backend : List.of(registration, sessions.http, notification, cache)) {
            assertThat(backend.seen()).isEmpty();
        }
        assertThat(logs.lines()).noneMatch(line -> line.startsWith("ERROR") || line.contains("\tat "));
    }
}
