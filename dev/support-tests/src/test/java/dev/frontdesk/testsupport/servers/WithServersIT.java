package dev.frontdesk.testsupport.servers;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static dev.frontdesk.testsupport.servers.Server.SMTP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.testsupport.servers.tinyservice.TinyService;
import io.lettuce.core.RedisClient;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.core.env.Environment;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(webEnvironment = RANDOM_PORT, classes = TinyService.class)
@AutoConfigureWebTestClient
@WithServers({REDIS, KAFKA, POSTGRES, SMTP})
class WithServersIT {

    @Test
    void theServiceReachesRedisInAKeySpaceOfItsOwn(
            @Autowired WebTestClient client, @Autowired TestEnvironment environment) {
        var env = environment.variable("FRONTDESK_ENV");

        client.put().uri("/notes/hello").exchange().expectBody(String.class).isEqualTo(env);

        try (var redis = RedisClient.create(TestServers.redis().url());
                var connection = redis.connect()) {
            assertThat(connection.sync().get("frontdesk:" + env)).isEqualTo("hello");
        }
    }

    @Test
    void theDatabaseIsThereAndEmpty(@Autowired Database database, @Autowired Environment settings) throws Exception {
        assertThat(settings.getProperty("POSTGRES_URL")).isEqualTo(database.url());
        assertThat(Sql.count(database, "pg_tables WHERE schemaname = 'public'")).isZero();
    }

    @Test
    void earlyPostProcessorsSeeTheAddresses(@Autowired Database database, @Autowired Environment settings) {
        assertThat(settings.getProperty("derived.url")).isEqualTo("r2dbc:" + database.url());
    }

    @Test
    void namesAreReadAsThoseOfAnEnvironment(@Autowired Environment settings, @Autowired TestEnvironment environment) {
        var operator = Binder.get(settings).bind("frontdesk.operator", Bindable.mapOf(String.class, String.class));

        assertThat(operator.get()).containsEntry("key", environment.variable("FRONTDESK_OPERATOR_KEY"));
    }

    @Test
    void kafkaTakesRecords(@Autowired Kafka kafka, @Autowired Environment settings) {
        var topic = new KafkaTopic(
                settings.getRequiredProperty("KAFKA_SERVERS"),
                settings.getRequiredProperty("FRONTDESK_KAFKA_TOPICPREFIX") + "with.servers.v1");

        topic.send("key", "value", Map.of());

        assertThat(kafka.topic("with.servers.v1").records()).hasSize(1);
    }

    @Test
    void smtpTakesMail(@Autowired Smtp smtp, @Autowired Environment settings) throws Exception {
        assertThat(settings.getProperty("SMTP_HOST")).isEqualTo(smtp.host());
        assertThat(settings.getProperty("SMTP_PORT", Integer.class)).isEqualTo(smtp.port());

        Letter.to("with.servers@example.com", "Hello", "Hello").sendTo(smtp);

        assertThat(smtp.messages("with.servers@example.com")).hasSize(1);
    }

    @Test
    void secretsHaveTheirShapes(@Autowired TestEnvironment environment, @Autowired TinyService.Settings settings) {
        for (var name : new String[] {"IDENTITY", "EVENTS", "VERIFICATION"}) {
            assertThat(Base64.getDecoder().decode(environment.variable("FRONTDESK_" + name + "_KEY")))
                    .hasSize(32);
        }
        assertThat(settings.operatorKey())
                .matches("fdo_[A-Za-z0-9_-]{43}")
                .isEqualTo(environment.variable("FRONTDESK_OPERATOR_KEY"));
    }
}
