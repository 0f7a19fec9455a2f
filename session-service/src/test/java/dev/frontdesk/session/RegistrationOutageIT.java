package dev.frontdesk.session;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RunningSessionService
@WithServers({REDIS, KAFKA})
class RegistrationOutageIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final String ADA = "ada@example.org";
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private GatewayStub edge;

    @Autowired
    private RegistrationStub registration;

    @Test
    void aLoginWaitsForRegistrationToBeBackAndOpenSessionsDoNot() {
        registration.knows(ACME, ADA, PASSWORD);
        var login = edge.login(ACME, ADA, PASSWORD);

        registration.stop();
        try {
            edge.tryLogin(ACME, ADA, PASSWORD)
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .exists("Retry-After")
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo(ProblemType.UNAVAILABLE.uri().toString());
            edge.introspect(login.token());
        } finally {
            registration.start();
        }
        edge.login(ACME, ADA, PASSWORD);
    }
}
