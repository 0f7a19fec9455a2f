package dev.frontdesk.registration.pendingregistrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.health.ServiceHealth;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.testsupport.http.TestClients;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@RunningService
class PendingHealthIT {

    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");

    @Autowired
    private IdentityAssertions assertions;

    @Autowired
    private Visitor visitor;

    @LocalServerPort
    private int port;

    @Test
    void tellsTheGatewayHowItIsAndHowManyWait() {
        visitor.registers(Visitor.anyEmail());

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var health = ask(GATEWAY)
                    .expectStatus()
                    .isOk()
                    .expectBody(ServiceHealth.class)
                    .returnResult()
                    .getResponseBody();
            assertThat(health).isNotNull().returns(ServiceHealth.HEALTHY, ServiceHealth::status);
            assertThat(health.parts()).containsOnlyKeys("redis", "postgres", "kafka", "pending_registrations");
            assertThat(health.parts().get("pending_registrations"))
                    .hasEntrySatisfying(
                            "total",
                            total -> assertThat(((Number) total).longValue()).isPositive());
        });
    }

    @Test
    void refusesOtherCallers() {
        ask(new Caller.Operator(TenantId.DEFAULT)).expectStatus().isUnauthorized();
    }

    private ResponseSpec ask(Caller caller) {
        return TestClients.at(port)
                .build()
                .get()
                .uri(ServiceHealth.PATH)
                .header(Headers.IDENTITY, assertions.sign(caller))
                .exchange();
    }
}
