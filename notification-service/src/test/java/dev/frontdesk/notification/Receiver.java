package dev.frontdesk.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An application's HTTP server that stores the requests it receives, and responds as scripted, by default with 204. */
public final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Map<String, Set<String>> ids = new ConcurrentHashMap<>();
    private final Map<String, Queue<Answer>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Answer> always = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** A request as it arrived. */
    public record Received(String path, Map<String, List<String>> headers, String body) {

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    /** The response to one request. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange request) throws IOException;
    }

    public Receiver() {
        this("127.0.0.1");
    }

    public Receiver(String address) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + port() + path;
    }

    /** Scripts the next requests to a path, in order. */
    public void answers(String path, Answer... answers) {
        scripts.put(path, new ArrayDeque<>(List.of(answers)));
    }

    /** Every request to a path for which nothing else is scripted. */
    public void answersAlways(String path, Answer answer) {
        always.put(path, answer);
    }

    public List<Received> received(String path) {
        return received.stream().filter(it -> it.path().equals(path)).toList();
    }

    /** Each {@code webhook-id} that arrived at a path. */
    public Set<String> ids(String path) {
        return ids.getOrDefault(path, Set.of());
    }

    public static Answer status(int status, String... headersAndBody) {
        return request -> {
            int last = headersAndBody.length - 1;
            for (int i = 0; i < last; i += 2) {
                request.getResponseHeaders().set(headersAndBody[i], headersAndBody[i + 1]);
            }
            byte[] body = last >= 0 && last % 2 == 0 ? headersAndBody[last].getBytes(UTF_8) : new byte[0];
            request.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            request.getResponseBody().write(body);
        };
    }

    /** For as long as the client reads. */
    public static Answer endless(String chunk) {
        return request -> {
            request.sendResponseHeaders(200, 0);
            while (true) {
                request.getResponseBody().write(chunk.getBytes(UTF_8));
                request.getResponseBody().flush();
            }
        };
    }

    /** Until this server is closed. */
    public Answer silence() {
        return _ -> waitForTheEnd();
    }

    /** A status and the first bytes of a body that never ends. */
    public Answer halfAnAnswer() {
        return request -> {
            request.sendResponseHeaders(200, 0);
            request.getResponseBody().write("half".getBytes(UTF_8));
            request.getResponseBody().flush();
            waitForTheEnd();
        };
    }

    private void waitForTheEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(HttpExchange request) throws IOException {
        try (request) {
            String path = request.getRequestURI().toString();
            var got = new Received(
                    path,
                    Map.copyOf(request.getRequestHeaders()),
                    new String(request.getRequestBody().readAllBytes(), UTF_8));
            received.add(got);
            ids.computeIfAbsent(path, _ -> ConcurrentHashMap.newKeySet()).add(got.header("webhook-id"));
            next(path).to(request);
        }
    }

    private synchronized Answer next(String path) {
        var script = scripts.getOrDefault(path, new ArrayDeque<>());
        return script.isEmpty() ? always.getOrDefault(path, status(204)) : script.remove();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
