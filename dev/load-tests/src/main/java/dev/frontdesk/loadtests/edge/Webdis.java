package dev.frontdesk.loadtests.edge;

import dev.frontdesk.localstack.servers.FreePorts;
import dev.frontdesk.localstack.parts.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real webdis with one thread: commands of Redis over HTTP, written in C. */
record Webdis(Process server, int port) implements AutoCloseable {

    private static final int START_WITHIN_MS = 10_000;

    static Webdis start(Path parent, String redisUrl) throws InterruptedException {
        URI redis = URI.create(redisUrl);
        int port = FreePorts.next();
        try {
            Path folder = Files.createDirectories(parent.resolve("webdis")).toAbsolutePath();
            Path configuration = Files.writeString(
                    folder.resolve("webdis.json"),
                    """
                    {"redis_host": "%s", "redis_port": %d, "redis_auth": "%s", "http_host": "127.0.0.1", "http_port": %d,
                     "threads": 1, "pool_size": 4, "daemonize": false, "database": 0, "verbosity": 0, "logfile": "%s/webdis.log"}
                    """.formatted(
                            redis.getHost(), redis.getPort(), redis.getUserInfo().substring(1), port, folder));
            var webdis = new ProcessBuilder("webdis", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
            return awaitReady(new Webdis(webdis, port), folder);
        } catch (IOException e) {
            throw new IllegalStateException("Install webdis (Debian: webdis)", e);
        }
    }

    private static Webdis awaitReady(Webdis webdis, Path folder) throws InterruptedException {
        for (int waited = 0; !Ports.answers(webdis.port()); waited += 100) {
            if (!webdis.server().isAlive() || waited > START_WITHIN_MS) {
                webdis.close();
                throw new IllegalStateException("webdis did not start: see " + folder.resolve("output.log"));
            }
            Thread.sleep(100);
        }
        return webdis;
    }

    ProcessHandle process() {
        return server.toHandle();
    }

    @Override
    public void close() {
        server.destroy();
    }
}
