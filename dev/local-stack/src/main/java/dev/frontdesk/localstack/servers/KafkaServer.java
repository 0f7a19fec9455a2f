package dev.frontdesk.localstack.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** One Kafka node, broker and controller together (KRaft), inside this JVM and on 127.0.0.1. */
public final class KafkaServer implements AutoCloseable {

    private final KafkaRaftServer server;

    private KafkaServer(KafkaRaftServer server) {
        this.server = server;
    }

    /** Formats the data folder at the first start. Returns when the node accepts requests. */
    public static KafkaServer start(Path data, int port, int controllerPort) {
        try {
            if (!Files.exists(data.resolve("meta.properties"))) {
                format(data, port, controllerPort);
            }
            KafkaConfig config = new KafkaConfig(settings(data, port, controllerPort), false);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new KafkaServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Created in a temporary place and then moved, so that an interrupted first start leaves nothing half done. */
    private static void format(Path data, int port, int controllerPort) throws IOException {
        Path draft = data.resolveSibling(data.getFileName() + ".new");
        Path file = data.resolveSibling(data.getFileName() + ".new.properties");
        Folders.delete(draft);
        Folders.delete(data);
        Files.createDirectories(draft);
        try (var out = Files.newOutputStream(file)) {
            settings(draft, port, controllerPort).store(out, null);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exit = StorageTool.execute(
                new String[] {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()},
                new PrintStream(said, true, UTF_8));
        if (exit != 0) {
            throw new ServerFailed("Kafka's folder could not be formatted: " + said.toString(UTF_8));
        }
        Files.delete(file);
        Files.move(draft, data);
    }

    private static Properties settings(Path data, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", data.toString());

        // A single node: no replication, and no other node to wait for.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");

        // For a quick restart after a kill -9: the controller drops the old broker session early.
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "500");

        // Small: few threads, little memory for cleaning.
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        settings.put("log.segment.bytes", "16777216");
        return settings;
    }

    /** Blocks until the node has stopped. */
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
