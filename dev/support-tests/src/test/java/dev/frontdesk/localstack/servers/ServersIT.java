package dev.frontdesk.localstack.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.localstack.mailbox.Mail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersIT {

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void postgresTakesItsPasswordAndNoOther() throws Exception {
        int port = FreePorts.next();
        PostgresServer postgres = postgres(port, "right");
        awaitReady(postgres::isReady);
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/frontdesk";
        try (var connection = DriverManager.getConnection(url, "frontdesk", "right");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT upper('çığ'), current_setting('server_version_num')")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("ÇIĞ");
            assertThat(rows.getInt(2)).isGreaterThanOrEqualTo(180_000);
        }
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(url, "frontdesk", "wrong"));
    }

    @Test
    void postgresWritesNoValuesOfRowsIntoItsLog() throws Exception {
        int port = FreePorts.next();
        PostgresServer postgres = postgres(port, "right");
        awaitReady(postgres::isReady);
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/frontdesk";
        try (var connection = DriverManager.getConnection(url, "frontdesk", "right");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE people (email text UNIQUE, name text NOT NULL)");
            var insert = connection.prepareStatement("INSERT INTO people VALUES (?, ?)");
            insert.setString(1, "ada@example.org");
            insert.setString(2, "Ada");
            insert.execute();
            assertThatExceptionOfType(SQLException.class).isThrownBy(insert::execute);
            insert.setString(1, "bob@example.org");
            insert.setString(2, null);
            assertThatExceptionOfType(SQLException.class).isThrownBy(insert::execute);
        }

        assertThat(Files.readString(folder.resolve("log")))
                .contains("duplicate key value")
                .contains("null value")
                .doesNotContain("example.org");
    }

    @Test
    void postgresStartsAgainAlthoughItsLockNamesAStranger() throws Exception {
        PostgresServer killed = postgres(FreePorts.next(), "word");
        awaitReady(killed::isReady);
        killed.process().destroyForcibly().waitFor();
        Path lock = folder.resolve("postgres/postmaster.pid");
        assertThat(lock).exists();
        Files.writeString(
                lock,
                Files.readString(lock)
                        .replaceFirst(
                                "\\d+", Long.toString(ProcessHandle.current().pid())));
        PostgresServer next = postgres(FreePorts.next(), "word");
        awaitReady(next::isReady);
    }

    @Test
    void postgresReportsDataWithAnotherPassword() throws Exception {
        PostgresServer first = postgres(FreePorts.next(), "one");
        awaitReady(first::isReady);
        first.process().destroyForcibly().waitFor();
        PostgresServer second = postgres(FreePorts.next(), "two");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatExceptionOfType(ServerFailed.class)
                        .isThrownBy(second::isReady)
                        .withMessageContaining("another password"));
    }

    @Test
    void redisAsksForItsPasswordAndKeepsWhatItWasGiven() throws Exception {
        int port = FreePorts.next();
        RedisServer first = redis(port, "right");
        awaitReady(first::isReady);
        RedisServer stranger = redis(port, "wrong");
        assertThat(stranger.isReady()).isFalse();
        first.process().destroyForcibly().waitFor();
        assertThat(first.isReady()).isFalse();
        assertThat(folder.resolve("redis/appendonlydir")).isNotEmptyDirectory();
    }

    @Test
    void kafkaKeepsItsTopicsBetweenStarts() throws Exception {
        int port = FreePorts.next();
        int controller = FreePorts.next();
        Map<String, Object> client = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"), port, controller);
                Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic("some.topic", 3, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"), port, controller);
                Admin admin = Admin.create(client)) {
            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains("some.topic");
        }
    }

    @Test
    void smtpKeepsAMailForEachRecipientBetweenStarts() throws Exception {
        int port = FreePorts.next();
        try (SmtpServer smtp = SmtpServer.start(folder.resolve("mail"), port)) {
            send(port, "one@example.com", "two@example.com");
        }
        try (SmtpServer smtp = SmtpServer.start(folder.resolve("mail"), port)) {
            assertThat(smtp.mails().to("ONE@example.com")).singleElement().satisfies(mail -> {
                assertThat(mail.subject()).isEqualTo("Hoş geldiniz");
                assertThat(mail.text()).isEqualToIgnoringNewLines("Kodunuz: 123456, iyi günler");
                assertThat(mail.headers()).containsEntry("From", "desk@example.com");
            });
            assertThat(smtp.mails().all())
                    .extracting(Mail::to)
                    .containsExactlyInAnyOrder("one@example.com", "two@example.com");
        }
    }

    @Test
    void smtpTakesNoMailThatItCannotKeep() throws Exception {
        int port = FreePorts.next();
        Path mails = folder.resolve("mail");
        try (SmtpServer smtp = SmtpServer.start(mails, port)) {
            Files.delete(mails);
            assertThatExceptionOfType(MessagingException.class)
                    .isThrownBy(() -> send(port, "one@example.com"))
                    .withMessageContaining("451");
        }
    }

    private PostgresServer postgres(int port, String password) {
        PostgresServer server = PostgresServer.start(folder.resolve("postgres"), port, password, folder.resolve("log"));
        started.add(server.process());
        return server;
    }

    private RedisServer redis(int port, String password) {
        RedisServer server = RedisServer.start(folder.resolve("redis"), port, password, folder.resolve("log"));
        started.add(server.process());
        return server;
    }

    private static void awaitReady(BooleanSupplier ready) {
        await().atMost(Duration.ofSeconds(30)).until(ready::getAsBoolean);
    }

    private static void send(int port, String... to) throws Exception {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(port));
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
