package dev.frontdesk.notification.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.outbound.SigningSecret;
import dev.frontdesk.notification.outbound.SigningSecrets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

@RunningService
class PushSecretsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private JobRows rows;

    @Autowired
    private DatabaseClient database;

    @LocalServerPort
    private int port;

    private final String queue = "q" + UUID.randomUUID();

    @Test
    void stayReadableWhenTheKeyChanges(@Value("${frontdesk.events.key}") String key) {
        var ada = new Administrator(gateway, port);
        String former = ada.put("/" + queue, "{\"worked\":\"push\",\"push_url\":\"http://127.0.0.1:1/\"}")
                .expect(201)
                .field("push_secret");
        String secret = ada.post("/" + queue + "/push-secret", "").expect(200).field("push_secret");
        byte[] bytes = new byte[32];
        bytes[0] = 2;
        String otherKey = Base64.getEncoder().encodeToString(bytes);

        reseal(otherKey, key);
        String sealed = column("push_secret");
        String sealedFormer = column("push_secret_before");
        // Others need theirs.
        reseal(key, otherKey);

        assertThat(opened(sealed, otherKey, ada)).isEqualTo(secret);
        assertThat(opened(sealedFormer, otherKey, ada)).isEqualTo(former);
        assertThat(opened(column("push_secret"), key, ada)).isEqualTo(secret);
    }

    private void reseal(String key, String accepted) {
        new PushSecretResealing(database, new SealedSecrets(key, accepted))
                .run()
                .block(SOON);
    }

    private String column(String name) {
        String sql = "SELECT " + name + " FROM notification.queues WHERE name = ?";
        return String.valueOf(rows.value(sql, queue));
    }

    private String opened(String sealed, String key, Administrator ada) {
        SigningSecret secret = new SigningSecrets(new SealedSecrets(key))
                .open(sealed, PushSecrets.owner(ada.tenant(), new QueueName(queue)));
        return secret.text();
    }
}
