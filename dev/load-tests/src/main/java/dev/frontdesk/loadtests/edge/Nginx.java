package dev.frontdesk.loadtests.edge;

import dev.frontdesk.localstack.parts.Ports;
import dev.frontdesk.localstack.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real nginx of one process that passes bodies on as they arrive, without writing them to a file. */
record Nginx(Process server, int port) implements AutoCloseable {

    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/usr/bin");
    private static final int START_WITHIN_MS = 10_000;

    static Nginx start(Path parent, int upstream) throws InterruptedException {
        int port = FreePorts.next();
        try {
            Path folder = Files.createDirectories(parent.resolve("nginx")).toAbsolutePath();
            Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off;
                    master_process off;
                    pid %1$s/nginx.pid;
                    error_log %1$s/error.log;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path %1$s/body;
                        proxy_temp_path %1$s/proxy;
                        fastcgi_temp_path %1$s/fastcgi;
                        uwsgi_temp_path %1$s/uwsgi;
                        scgi_temp_path %1$s/scgi;
                        client_max_body_size 0;
                        upstream application {
                            server 127.0.0.1:%2$d;
                            keepalive 8;
                        }
                        server {
                            listen 127.0.0.1:%3$d;
                            location / {
                                proxy_pass http://application;
                                proxy_http_version 1.1;
                                proxy_set_header Connection "";
                                proxy_buffering off;
                                proxy_request_buffering off;
                            }
                        }
                    }
                    """.formatted(folder, upstream, port));
            var nginx = new ProcessBuilder(binary(), "-p", folder.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
            return awaitReady(new Nginx(nginx, port), folder);
        } catch (IOException e) {
            throw new IllegalStateException("nginx did not start", e);
        }
    }

    private static Nginx awaitReady(Nginx nginx, Path folder) throws InterruptedException {
        for (int waited = 0; !Ports.answers(nginx.port()); waited += 100) {
            if (!nginx.server().isAlive() || waited > START_WITHIN_MS) {
                nginx.close();
                throw new IllegalStateException("nginx did not start: see " + folder.resolve("output.log"));
            }
            Thread.sleep(100);
        }
        return nginx;
    }

    private static String binary() {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Install nginx (Debian: nginx-light)"))
                .toString();
    }

    ProcessHandle process() {
        return server.toHandle();
    }

    @Override
    public void close() {
        server.destroy();
    }
}
