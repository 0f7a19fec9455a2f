package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Session;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import dev.frontdesk.testsupport.sockets.RawSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A client that exceeds a limit gets the reason, also through the gateway, whichever service detects it. */
@WithStack
class SocketBoundsIT {

    private static final int TOO_LONG = 1009;
    private static final int TOO_SLOW = 4408;

    /** Of 20 KB each: the kernel alone may buffer 4 MB for a client. */
    private static final int MORE_THAN_BUFFERS_HOLD = 3000;

    private final LocalStack stack;

    SocketBoundsIT(LocalStack stack) {
        this.stack = stack;
    }

    /** The first is too long for notification-service, the second for the gateway. */
    @ParameterizedTest
    @ValueSource(ints = {3000, 40_000})
    void aMessageThatIsTooLongInFragmentsIsRefused(int length) throws Exception {
        try (var socket = open(Person.withAccount(stack).logsIn())) {
            socket.sends(RawSocket.TEXT_THAT_GOES_ON, "x".repeat(length))
                    .sends(RawSocket.LAST_CONTINUATION, "x".repeat(length));

            assertThat(socket.readToTheEnd()).isEqualTo(TOO_LONG);
        }
    }

    private enum Burst {
        /** Within the gateway's rate: notification-service reads it as malformed. */
        SOME_TEXTS(RawSocket.TEXT, "x", 60, 4400),
        /** Whichever service reports it first. */
        TEXTS(RawSocket.TEXT, "x", 10_000, 4400, 4429),
        PINGS(RawSocket.PING, "", 10_000, 4429),
        PONGS(RawSocket.PONG, "", 10_000, 4429);

        private final int first;
        private final String payload;
        private final int count;
        private final List<Integer> codes;

        Burst(int first, String payload, int count, Integer... codes) {
            this.first = first;
            this.payload = payload;
            this.count = count;
            this.codes = List.of(codes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBurstOfTinyFramesIsNotServed(Burst burst) throws Exception {
        try (var socket = open(Person.withAccount(stack).logsIn())) {
            socket.floods(burst.first, burst.payload, burst.count);

            assertThat(socket.readToTheEnd()).isIn(burst.codes);
        }
    }

    @Test
    void aClientThatReadsNothingIsTooSlow() throws Exception {
        var session = Person.withAccount(stack).logsIn();
        var account = session.get("/api/v1/users/me").expect(200).field("id");
        try (var socket = open(session)) {
            for (int told = 0; !isClosedAsTooSlow(); told++) {
                assertThat(told).isLessThan(MORE_THAN_BUFFERS_HOLD);
                tells(account);
            }

            assertThat(socket.readToTheEnd()).isEqualTo(TOO_SLOW);
        }
    }

    private boolean isClosedAsTooSlow() {
        return !stack.traces().logLines("gateway", "closed with " + TOO_SLOW).isEmpty();
    }

    /** A payload of 20 KB. */
    private void tells(String account) {
        var data = IntStream.range(0, 20).boxed().collect(Collectors.toMap(i -> "field" + i, _ -> "x".repeat(1000)));
        var request = Map.of("account_id", account, "kind", "much", "title", "Much", "data", data);
        new Gateway(stack.gatewayUrl())
                .post(
                        "/api/v1/notifications",
                        JsonMapper.shared().writeValueAsString(request),
                        "X-API-Key",
                        stack.operatorKey())
                .expect(202);
    }

    private RawSocket open(Session session) {
        return RawSocket.open(stack.gatewayUrl().getPort(), "/ws?ticket=" + session.ticket(), Map.of());
    }
}
