package dev.frontdesk.localstack.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.TreeMap;

/**
 * Replaces a service: reports its health, and at its own port the environment that it was given. FAKE_DIES_AT names a
 * port at which it prints FAKE_LAST_WORDS and ends with code 7 instead; FAKE_SILENT_AT one at which it never becomes
 * ready. A training run of an AOT cache does nothing.
 */
public final class FakeService {

    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        if (System.getProperty("spring.context.exit") != null) {
            return;
        }
        String port = System.getenv("SERVER_PORT");
        if (port.equals(System.getenv("FAKE_DIES_AT"))) {
            System.out.println(System.getenv().getOrDefault("FAKE_LAST_WORDS", "no lüçk today"));
            System.exit(7);
        }
        int ready = port.equals(System.getenv("FAKE_SILENT_AT")) ? 503 : 200;
        String management = System.getenv("MANAGEMENT_SERVER_PORT");
        if (management != null) {
            serve(management, "/actuator/health/readiness", ready, "{}");
        }
        StringBuilder environment = new StringBuilder();
        new TreeMap<>(System.getenv())
                .forEach((name, value) ->
                        environment.append(name).append('=').append(value).append('\n'));
        serve(port, "/", 200, environment.toString());
    }

    private static void serve(String port, String path, int status, String text) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), 0);
        server.createContext(path, exchange -> {
            byte[] body = text.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
