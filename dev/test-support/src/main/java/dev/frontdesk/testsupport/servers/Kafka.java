package dev.frontdesk.testsupport.servers;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A real Kafka of one node. */
public final class Kafka extends TestServer {

    private final String topicPrefix;

    Kafka(Host host) {
        this(host, "");
    }

    private Kafka(Host host, String topicPrefix) {
        super(host);
        this.topicPrefix = topicPrefix;
    }

    /** The same server as a service with this prefix sees it: {@link #topic} adds the prefix. */
    Kafka withTopicPrefix(String prefix) {
        return sharedLike(new Kafka(server(), prefix));
    }

    /** {@code host:port}, in the form of KAFKA_SERVERS and {@code bootstrap.servers}. */
    public String servers() {
        return host() + ":" + port();
    }

    /** A topic, read from outside the service, by the name that the services' code gives it. */
    public KafkaTopic topic(String name) {
        return new KafkaTopic(servers(), topicPrefix + name);
    }

    @Override
    boolean answers() {
        // Checked manually first: a Kafka client without a server logs many errors.
        if (!Greeting.isOpen(host(), port())) {
            return false;
        }
        var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers()));
        try {
            return !admin.describeCluster().nodes().get(2, SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            // Without a timeout it waits for responses, which a frozen server does not send.
            admin.close(Duration.ZERO);
        }
    }
}
