package dev.frontdesk.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ConcurrentTestClass
class PrivateServersIT {

    @Test
    void redisComesBackWithItsData() {
        try (var redis = TestServers.privateRedis();
                var client = RedisClient.create(quick(redis))) {
            assertThat(redis.url()).isNotEqualTo(TestServers.redis().url());
            try (var connection = client.connect()) {
                connection.sync().set("kept", "yes");
            }

            redis.stop();
            assertThat(redis.answers()).isFalse();
            redis.start();

            try (var connection = client.connect()) {
                assertThat(connection.sync().get("kept")).isEqualTo("yes");
            }
        }
    }

    @Test
    void redisFreezesWithoutClosingAConnection() {
        try (var redis = TestServers.privateRedis();
                var client = RedisClient.create(quick(redis));
                var connection = client.connect()) {
            redis.pause();
            assertThatThrownBy(() -> connection.sync().ping()).hasMessageContaining("timed out");
            assertThat(connection.isOpen()).isTrue();

            redis.resume();
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
    }

    @Test
    void postgresComesBackWithItsData() throws Exception {
        try (var postgres = TestServers.privatePostgres()) {
            var database = postgres.newDatabase();
            Sql.run(database, "CREATE TABLE kept AS SELECT 1 AS one");

            postgres.stop();
            assertThat(postgres.answers()).isFalse();
            postgres.start();

            assertThat(Sql.count(database, "kept")).isEqualTo(1);
        }
    }

    @Test
    void postgresFreezesForConnectedClientsToo() throws Exception {
        try (var postgres = TestServers.privatePostgres();
                var connection = postgres.newDatabase().connect()) {
            postgres.pause();
            assertThat(connection.isValid(1)).isFalse();

            postgres.resume();
            assertThat(postgres.answers()).isTrue();
        }
    }

    @Test
    void kafkaComesBackWithItsRecords() {
        try (var kafka = TestServers.privateKafka()) {
            var topic = kafka.topic("kept.events.v1");
            topic.send("key", "kept", Map.of());

            kafka.stop();
            assertThat(kafka.answers()).isFalse();
            kafka.start();

            assertThat(topic.records()).extracting(KafkaRecord::value).containsExactly("kept");

            kafka.pause();
            assertThat(kafka.answers()).isFalse();
            kafka.resume();
            assertThat(topic.records()).hasSize(1);
        }
    }

    @Test
    void smtpRefusesAndHangs() throws Exception {
        try (var smtp = TestServers.privateSmtp()) {
            var letter = Letter.to("ada@example.com", "Hello", "Hello");

            smtp.stop();
            assertThatThrownBy(() -> letter.sendTo(smtp)).isInstanceOf(MessagingException.class);
            smtp.start();
            letter.sendTo(smtp);
            assertThat(smtp.messages("ada@example.com")).hasSize(1);

            smtp.pause();
            assertThatThrownBy(() -> letter.sendTo(smtp))
                    .isInstanceOf(MessagingException.class)
                    .hasStackTraceContaining("timed out");
            smtp.resume();
            letter.sendTo(smtp);
        }
    }

    private static RedisURI quick(Redis redis) {
        var uri = RedisURI.create(redis.url());
        uri.setTimeout(Duration.ofSeconds(5));
        return uri;
    }
}
