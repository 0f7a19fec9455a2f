package dev.frontdesk.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.frontdesk.localstack.mailbox.Mail;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharedServersIT {

    @Test
    void areOneOfEachInThisJvm() {
        assertThat(TestServers.redis()).isSameAs(TestServers.redis());
        assertThat(TestServers.postgres()).isSameAs(TestServers.postgres());
        assertThat(TestServers.kafka()).isSameAs(TestServers.kafka());
        assertThat(TestServers.smtp()).isSameAs(TestServers.smtp());
    }

    @Test
    void refuseToBeHarmed() {
        var redis = TestServers.redis();

        assertThat(Stream.<Runnable>of(redis::stop, redis::start, redis::pause, redis::resume, redis::close))
                .allSatisfy(harm -> assertThatThrownBy(harm::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("Redis is shared"));
        assertThat(redis.answers()).isTrue();
    }

    @Test
    void giveEachCallerAnEmptyDatabase() throws Exception {
        var one = TestServers.postgres().newDatabase();
        var another = TestServers.postgres().newDatabase();

        Sql.run(one, "CREATE TABLE accounts (id int)");
        Sql.run(another, "CREATE TABLE accounts (id int)");

        assertThat(one.url()).startsWith("postgresql://").endsWith("/" + one.name());
        assertThat(one.toString()).doesNotContain(one.password());
    }

    @Test
    void keepKafkaRecordsToBeReadFromTheStart() {
        var topic = TestServers.kafka().topic("kept.events.v1");

        topic.send("a", "first", Map.of("ce_id", "1"));
        topic.send(null, "second", Map.of());

        assertThat(topic.records()).extracting(KafkaRecord::key).containsExactly("a", null);
        assertThat(topic.records())
                .extracting(KafkaRecord::value, KafkaRecord::headers)
                .containsExactly(tuple("first", Map.of("ce_id", "1")), tuple("second", Map.of()));
    }

    @Test
    void haveNothingToReadInATopicThatIsNotThere() {
        assertThat(TestServers.kafka().topic("never.written.v1").records()).isEmpty();
    }

    @Test
    void takeMailForEveryAddress() throws Exception {
        var smtp = TestServers.smtp();

        Letter.to("ada@example.com", "Hoş geldiniz", "Kodunuz 123456").sendTo(smtp);
        Letter.to("ada@example.com", "Second", "Again").sendTo(smtp);

        assertThat(smtp.messages("ada@example.com"))
                .extracting(Mail::to, Mail::subject, mail -> mail.text().strip())
                .isEqualTo(List.of(
                        tuple("ada@example.com", "Second", "Again"),
                        tuple("ada@example.com", "Hoş geldiniz", "Kodunuz 123456")));
        assertThat(smtp.messages("nobody@example.com")).isEmpty();
    }
}
