package dev.frontdesk.gateway.clients;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class RefusedClientsTest {

    private final AtomicLong time = new AtomicLong();
    private final RefusedClients refused = new RefusedClients(new ClientAddresses(List.of()), time::get);

    @Test
    void remembersARefusalUntilTheWaitIsOver() {
        refuse("192.0.2.1");

        pass(Duration.ofMillis(999));
        assertRefused("192.0.2.1");
        assertLetThrough("192.0.2.2");

        pass(Duration.ofMillis(1));
        assertLetThrough("192.0.2.1");
    }

    @Test
    void restartsTheWaitWithAnotherRefusal() {
        refuse("192.0.2.1");
        pass(Duration.ofMillis(900));
        refuse("192.0.2.1");

        pass(Duration.ofMillis(900));
        assertRefused("192.0.2.1");
    }

    @Test
    void takesAnIpv6NetworkAsOneClient() {
        refuse("2001:db8:0:1::1");

        assertRefused("2001:db8:0:1:ffff::2");
        assertLetThrough("2001:db8:0:2::1");
    }

    private void refuse(String address) {
        refused.add(
                from(address), () -> new ProblemException(ProblemType.RATE_LIMITED, "Wait."), Duration.ofSeconds(1));
    }

    private void pass(Duration some) {
        time.addAndGet(some.toNanos());
    }

    private void assertRefused(String address) {
        assertThatThrownBy(() -> refused.check(from(address))).isInstanceOf(ProblemException.class);
    }

    private void assertLetThrough(String address) {
        assertThatCode(() -> refused.check(from(address))).doesNotThrowAnyException();
    }

    private static ServerHttpRequest from(String address) {
        return MockServerHttpRequest.get("/a")
                .remoteAddress(new InetSocketAddress(address, 1))
                .build();
    }
}
