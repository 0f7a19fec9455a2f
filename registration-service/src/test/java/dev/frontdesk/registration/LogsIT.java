package dev.frontdesk.registration;

import static dev.frontdesk.registration.Mailbox.wrong;
import static dev.frontdesk.registration.Members.PASSWORD_RESET_REQUESTED;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.Caller;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Uses every flow of the service with its loggers at their most detailed level, and searches the logs for secrets. */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
@Isolated("asserts what the whole JVM prints")
class LogsIT {

    private static final String ME = "/api/v1/users/me";
    private static final String RESET = "/api/v1/users/reset-password";

    @Autowired
    private Visitor visitor;

    @Autowired
    private Members members;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Test
    void holdNoSecretAndNoAddress(CapturedOutput output) {
        LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
        logging.setLogLevel("dev.frontdesk", LogLevel.TRACE);
        String email = anyEmail();
        String other = anyEmail();
        String code;
        String hash;
        String secret;
        try {
            visitor.registers(email);
            code = mailbox.code(email);
            hash = stores.pending(ACME, email).get("password_hash");
            visitor.verify(email, wrong(code)).expectStatus().isBadRequest();
            JsonNode account = json(visitor.verify(email, code).expectStatus().isCreated());
            visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
            visitor.logIn(ACME, email, "amber lighthouse 7").expectStatus().isUnauthorized();
            visitor.registers(email);
            Map<String, Object> weak = ada(email);
            weak.put("password", "password123");
            visitor.register(weak).expectStatus().isBadRequest();
            visitor.forgetting(email).block();
            secret = members.secret(email, PASSWORD_RESET_REQUESTED, 1);
            String token = secret.substring(secret.indexOf('=') + 1);
            var anonymous = new Caller.Anonymous(ACME);
            visitor.post(RESET, anonymous, Map.of("token", token, "new_password", "silver meadow 11"))
                    .expectStatus()
                    .isNoContent();
            visitor.post(RESET, anonymous, Map.of("token", token, "new_password", "silver meadow 11"))
                    .expectStatus()
                    .isBadRequest();
            UUID id = UUID.fromString(account.get("id").asString());
            var owner = new Caller.Account(ACME, id, UUID.randomUUID(), Set.of());
            visitor.post(ME + "/email", owner, Map.of("email", other, "password", "silver meadow 11"))
                    .expectStatus()
                    .isAccepted();
            members.get(ME + "/export", owner).expectStatus().isOk();
            members.send(HttpMethod.DELETE, ME, owner, Map.of("password", "silver meadow 11"))
                    .expectStatus()
                    .isNoContent();
            LoggerFactory.getLogger("dev.frontdesk.test").info("the log was heard");
        } finally {
            logging.setLogLevel("dev.frontdesk", null);
        }

        assertThat(output.getAll())
                .contains("the log was heard")
                .doesNotContain(email, email.substring(0, 20), PASSWORD, "amber lighthouse", "password123")
                .doesNotContain(other, other.substring(0, 20), "silver meadow", "#token", secret.substring(50))
                .doesNotContainPattern("(?<![0-9a-f-])" + secret.substring(0, 6) + "(?![0-9a-f-])")
                .doesNotContain(String.valueOf(hash), "$argon2id$", "+905551234567", "Lovelace")
                .doesNotContainPattern("(?<![0-9a-f-])" + code + "(?![0-9a-f-])")
                .doesNotContainPattern("eyJ[A-Za-z0-9_-]+\\.");
    }
}
