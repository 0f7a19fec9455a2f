package dev.frontdesk.cache.origins;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The server of an application, which answers as scripted, by path; without a script with 404. */
public final class OriginServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** A request as it arrived. */
    public record Received(String path, Map<String, List<String>> headers) {

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /** The response to a request. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange request) throws IOException, InterruptedException;
    }

    public OriginServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public void answers(String path, Answer answer) {
        answers.put(path, answer);
    }

    public List<Received> received(String path) {
        return received.stream().filter(it -> it.path().equals(path)).toList();
    }

    public static Answer value(String body, String... headers) {
        return status(200, body, headers);
    }

    public static Answer status(int status, String body, String... headers) {
        return request -> {
            for (int i = 0; i < headers.length; i += 2) {
                request.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(UTF_8);
            request.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            request.getResponseBody().write(bytes);
        };
    }

    /** Once the gate is open. */
    public Answer after(CountDownLatch gate, Answer answer) {
        return request -> {
            gate.await();
            answer.to(request);
        };
    }

    /** For as long as the client reads. */
    public static Answer endless() {
        return request -> {
            request.sendResponseHeaders(200, 0);
            while (true) {
                request.getResponseBody().write(new byte[8192]);
                request.getResponseBody().flush();
            }
        };
    }

    /** Until this server is closed. */
    public Answer silence() {
        return _ -> closed.await();
    }

    private void take(HttpExchange request) throws IOException {
        String path = request.getRequestURI().toString();
        received.add(new Received(path, Map.copyOf(request.getRequestHeaders())));
        try (request) {
            answers.getOrDefault(path, status(404, "")).to(request);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
