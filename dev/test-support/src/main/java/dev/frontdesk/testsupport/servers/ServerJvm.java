package dev.frontdesk.testsupport.servers;

import dev.frontdesk.localstack.servers.KafkaServer;
import dev.frontdesk.localstack.servers.SmtpServer;
import dev.frontdesk.testsupport.servers.EmbeddedHost.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The servers that are Java, in a separate JVM: there they can be frozen and killed, and their threads and log lines do
 * not disturb tests. It ends with the JVM that started it, however that one ended.
 */
final class ServerJvm {

    // Fast to start and small; peak performance does not matter here.
    private static final List<String> SMALL =
            List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
    private static final String QUIET = "-Dlogback.configurationFile=dev/frontdesk/testsupport/servers/server-jvm.xml";

    private ServerJvm() {}

    static Process kafka(Place place, int port, int controllerPort) {
        return launch(place, "kafka", port, controllerPort);
    }

    static Process smtp(Place place, int port) {
        return launch(place, "smtp", port, 0);
    }

    private static Process launch(Place place, String server, int port, int secondPort) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.addAll(List.of(QUIET, "-cp", System.getProperty("java.class.path"), ServerJvm.class.getName()));
        command.addAll(List.of(server, place.data().toString(), String.valueOf(port), String.valueOf(secondPort)));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Arguments: the server, the folder of its data, its port, its second port. */
    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[1]);
        var port = Integer.parseInt(arguments[2]);
        AutoCloseable server = switch (arguments[0]) {
            case "kafka" -> KafkaServer.start(data, port, Integer.parseInt(arguments[3]));
            case "smtp" -> SmtpServer.start(data, port);
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
        // This stream gets no input: its end means that the JVM at the other end has ended.
        if (System.in.read() < 0) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
