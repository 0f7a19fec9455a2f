package dev.frontdesk.localstack.processes;

import dev.frontdesk.localstack.servers.KafkaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kafka's own process. Arguments: data folder, port, controller port, the file to create once it accepts requests. */
final class KafkaProcess {

    private KafkaProcess() {}

    public static void main(String[] arguments) throws IOException {
        KafkaServer server = KafkaServer.start(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        Files.createFile(Path.of(arguments[3]));
        server.awaitShutdown();
    }
}
