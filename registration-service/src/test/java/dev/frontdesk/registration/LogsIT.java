package dev.frontdesk.registration;

import static dev.frontdesk.registration.Mailbox.wrong;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Walks every way through the service with its own loggers at their loudest, and looks for what no log may hold. */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
class LogsIT {

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Test
    void holdNoSecretAndNoAddress(CapturedOutput output) {
        LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
        logging.setLogLevel("dev.frontdesk", LogLevel.TRACE);
        String email = anyEmail();
        String code;
        String hash;
        try {
            visitor.registers(email);
            code = mailbox.code(email);
            hash = stores.pending(ACME, email).get("password_hash");
            visitor.verify(email, wrong(code)).expectStatus().isBadRequest();
            visitor.verify(email, code).expectStatus().isCreated();
            visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
            visitor.logIn(ACME, email, "amber lighthouse 7").expectStatus().isUnauthorized();
            visitor.registers(email);
            Map<String, Object> weak = ada(email);
            weak.put("password", "password123");
            visitor.register(weak).expectStatus().isBadRequest();
            LoggerFactory.getLogger("dev.frontdesk.test").info("the log was heard");
        } finally {
            logging.setLogLevel("dev.frontdesk", null);
        }

        assertThat(output.getAll())
                .contains("the log was heard")
                .doesNotContain(email, email.substring(0, 20), PASSWORD, "amber lighthouse", "password123")
                .doesNotContain(String.valueOf(hash), "$argon2id$", "+905551234567", "Lovelace")
                .doesNotContainPattern("(?<![0-9a-f-])" + code + "(?![0-9a-f-])")
                .doesNotContainPattern("eyJ[A-Za-z0-9_-]+\\.");
    }
}
