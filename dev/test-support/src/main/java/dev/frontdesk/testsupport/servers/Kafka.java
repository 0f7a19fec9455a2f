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

    Kafka(Host host) {
        super(host);
    }

    /** {@code host:port}, as KAFKA_SERVERS and {@code bootstrap.servers} want it. */
    public String servers() {
        return host() + ":" + port();
    }

    /** A topic seen from outside the service. */
    public KafkaTopic topic(String name) {
        return new KafkaTopic(servers(), name);
    }

    @Override
    boolean answers() {
        // Asked first by hand: a client that finds nobody logs so, many times.
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
            // Without a bound it waits for answers, and a frozen server gives none.
            admin.close(Duration.ZERO);
        }
    }
}
