package dev.frontdesk.localstack.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.localstack.mailbox.Mail;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EphemeralServersIT {

    @Test
    void postgresTakesItsPasswordAndNoOther() throws Exception {
        try (PostgresServer postgres = PostgresServer.ephemeral()) {
            try (var connection = postgres.connect(PostgresServer.DATABASE);
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT upper('çığ'), current_setting('server_version_num')")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("ÇIĞ");
                assertThat(rows.getInt(2)).isGreaterThanOrEqualTo(180_000);
            }
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/frontdesk", "frontdesk", "wrong"));
            assertThat(postgres.createDatabase("another")).endsWith("/another");
            assertThat(postgres.createDatabase("another")).endsWith("/another");
            postgres.connect("another").close();
        }
    }

    @Test
    void postgresIsGoneOnceClosed() {
        PostgresServer postgres = PostgresServer.ephemeral();
        postgres.close();
        assertThat(postgres.process().isAlive()).isFalse();
        assertThat(postgres.isReady()).isFalse();
    }

    @Test
    void redisAnswersUntilItIsClosed() {
        RedisServer redis = RedisServer.ephemeral();
        assertThat(redis.isReady()).isTrue();
        assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + redis.port());
        redis.close();
        assertThat(redis.isReady()).isFalse();
        assertThat(redis.process().isAlive()).isFalse();
    }

    @Test
    void kafkaTakesRecords() throws Exception {
        try (KafkaServer kafka = KafkaServer.ephemeral()) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.servers());
            try (Admin admin = Admin.create(client);
                    var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
                admin.createTopics(List.of(new NewTopic("some.topic", 3, (short) 1)))
                        .all()
                        .get(20, TimeUnit.SECONDS);
                var sent = producer.send(new ProducerRecord<>("some.topic", "key", "value"));
                assertThat(sent.get(20, TimeUnit.SECONDS).offset()).isZero();
            }
        }
    }

    @Test
    void smtpKeepsAMailForEachRecipient() throws Exception {
        try (SmtpServer smtp = SmtpServer.ephemeral()) {
            send(smtp, "one@example.com", "two@example.com");
            assertThat(smtp.mails().to("ONE@example.com")).singleElement().satisfies(mail -> {
                assertThat(mail.subject()).isEqualTo("Hoş geldiniz");
                assertThat(mail.text()).isEqualToIgnoringNewLines("Kodunuz: 123456, iyi günler");
                assertThat(mail.headers()).containsEntry("From", "desk@example.com");
            });
            assertThat(smtp.mails().all()).extracting(Mail::to).contains("one@example.com", "two@example.com");
        }
    }

    private static void send(SmtpServer smtp, String... to) throws Exception {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(smtp.port()));
        MimeMessage message = new MimeMessage(Session.getInstance(settings));
        message.setFrom("desk@example.com");
        for (String address : to) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(address));
        }
        message.setSubject("Hoş geldiniz", "UTF-8");
        message.setText("Kodunuz: 123456, iyi günler", "UTF-8");
        Transport.send(message);
    }
}
