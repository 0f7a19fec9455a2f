package dev.frontdesk.gateway.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** nginx with the configuration that docs/guides/forward-auth.md shows, in front of a gateway and an application. */
final class RunningNginx implements AutoCloseable {

    private static final Path GUIDE = Path.of("../docs/guides/forward-auth.md");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private RunningNginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    int port() {
        return port;
    }

    /** @param folder for its files */
    static RunningNginx start(Path folder, String gateway, String application) throws IOException {
        int port = freePort();
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log info;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    %2$s
                }
                """.formatted(folder, documented(gateway, application, port)));
        var process = new ProcessBuilder(binary(), "-p", folder.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        var nginx = new RunningNginx(process, port);
        try {
            await().atMost(LONG).until(() -> !process.isAlive() || accepts(port));
            assertThat(process.isAlive())
                    .as(() -> output(folder.resolve("output.log")))
                    .isTrue();
            return nginx;
        } catch (RuntimeException | AssertionError failed) {
            nginx.close();
            throw failed;
        }
    }

    /** The headers of clients that the guide says a proxy removes. */
    static List<String> headersToRemove() throws IOException {
        String guide = Files.readString(GUIDE);
        int at = guide.indexOf("| Headers of the client |");
        return Pattern.compile("`([\\w-]+)`")
                .matcher(guide.substring(at, guide.indexOf("\n\n", at)))
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    private static String documented(String gateway, String application, int port) throws IOException {
        String guide = Files.readString(GUIDE);
        String begin = "```nginx\n";
        int at = guide.indexOf(begin) + begin.length();
        return guide.substring(at, guide.indexOf("```", at))
                .replace("10.0.0.5:8080", gateway)
                .replace("10.0.0.6:3000", application)
                .replace("listen 80;", "listen 127.0.0.1:" + port + ";");
    }

    /** Debian has it where the search path of other users than root does not lead. */
    private static String binary() {
        String path = System.getenv("PATH");
        return Stream.concat(Arrays.stream((path == null ? "" : path).split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nginx is missing: apt-get install nginx-light"))
                .toString();
    }

    private static boolean accepts(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String output(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
