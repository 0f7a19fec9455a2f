package dev.frontdesk.loadtests.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestsTest {

    @Test
    void writesHeadersAndTheLengthOfTheBody() {
        byte[] request = Requests.bytes("POST", "/x", Map.of("B", "2", "A", "1"), "é");

        assertThat(new String(request, UTF_8))
                .isEqualTo("POST /x HTTP/1.1\r\nHost: 127.0.0.1\r\nA: 1\r\nB: 2\r\nContent-Length: 2\r\n\r\né");
    }

    @Test
    void numbersEachRequestOnceBeforeOneComesAgain() {
        var seen = new HashSet<Integer>();
        Requests requests = Requests.numbered(1000, number -> {
            seen.add(number);
            return new byte[1];
        });

        for (int i = 0; i < 1000; i++) {
            requests.next().release();
        }

        assertThat(seen).hasSize(1000);
    }

    @Test
    void sendsTheSameRequestsInTurn() {
        Requests requests = Requests.inTurn(List.of(new byte[1], new byte[2], new byte[3]));

        int first = requests.next().readableBytes();
        requests.next();
        requests.next();

        assertThat(requests.next().readableBytes()).isEqualTo(first);
    }
}
