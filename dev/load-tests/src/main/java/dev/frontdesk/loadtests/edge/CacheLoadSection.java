package dev.frontdesk.loadtests.edge;

import com.sun.net.httpserver.HttpServer;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.loadtests.figures.Figure;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.servers.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** How many requests an origin that takes two seconds gets from a thousand readers of a missing entry at two instances. */
final class CacheLoadSection {

    private static final int READERS = 1000;
    private static final Duration TAKES = Duration.ofSeconds(2);
    private static final Duration FROZEN = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final String NAMESPACE = "products";

    private final Section section;
    private final Installation installation;
    private final Identities identities;
    private final List<String> instances;
    private final AtomicInteger requests = new AtomicInteger();

    /** What the origin answers: the state of its database when it begins. */
    private volatile String value = "";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private CacheLoadSection(Section section, Installation installation) {
        this.section = section;
        this.installation = installation;
        this.identities = new Identities(installation);
        this.instances = List.of(installation.url(Part.CACHE), installation.urlOfTwin(Part.CACHE));
    }

    static void measure(Section section) throws InterruptedException {
        System.out.println("Starting Redis and two cache-services …");
        var plan = new Plan(
                List.of(Part.REDIS),
                List.of(Part.CACHE),
                List.of(Part.CACHE),
                Map.of(),
                Map.of("FRONTDESK_CACHE_NAMESPACES_ALLOWEDNETWORKS", "127.0.0.1"));
        try (var installation = Installation.start(section.repository(), section.folder(), plan)) {
            new CacheLoadSection(section, installation).run();
        }
    }

    private void run() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var origin = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            origin.setExecutor(threads);
            origin.createContext("/", request -> {
                byte[] now = value.getBytes(StandardCharsets.UTF_8);
                requests.incrementAndGet();
                pause(TAKES);
                request.sendResponseHeaders(200, now.length);
                request.getResponseBody().write(now);
                request.close();
            });
            origin.start();
            try {
                set(origin.getAddress().getPort());
                // The JVMs have loaded their classes.
                readAll("first").join();
                readersCauseOneRequest();
                anInvalidationWins();
                nothingTakesLongWhileRedisIsFrozen();
                anotherTakesOver();
            } finally {
                origin.stop(0);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readersCauseOneRequest() {
        value = "one";
        requests.set(0);
        long begin = System.nanoTime();
        List<String> read = readAll("k1").join();
        section.results().add(Figure.of("origin_requests_of_1000_readers", requests.get(), "requests", 0));
        section.results().add(Figure.of("longest_of_1000_readers", millisSince(begin), "ms", 0));
        section.results().check(requests.get() == 1, "1,000 readers at two instances cause one request");
        section.results().check(read.stream().allMatch("one"::equals), "all of them get the value");
    }

    private void anInvalidationWins() {
        value = "before";
        requests.set(0);
        var early = readAll("k2");
        awaitRequests(1);
        value = "after";
        send(instances.getLast(), "POST", "/api/v1/cache/" + NAMESPACE + "/invalidate", "{}").join();
        List<String> late = readAll("k2").join();
        early.join();
        section.results().add(Figure.of("origin_requests_with_an_invalidation", requests.get(), "requests", 0));
        section.results().check(requests.get() == 2, "an invalidation in the middle causes one more request");
        section.results()
                .check(late.stream().allMatch("after"::equals), "who reads after the invalidation gets the new value");
    }

    /** Of an entry, a missing one, and a write, 50 a second at each of the two instances. */
    private void nothingTakesLongWhileRedisIsFrozen() {
        long redis = installation.process(Part.REDIS).pid();
        var longest = new AtomicLong();
        var answers = new ConcurrentHashMap<String, Integer>();
        Signals.send(redis, "STOP");
        try {
            long end = System.nanoTime() + FROZEN.toNanos();
            for (int i = 0; System.nanoTime() < end; i++) {
                String method = i % 3 == 0 ? "PUT" : "GET";
                long begin = System.nanoTime();
                send(instances.get(i % 2), method, "/api/v1/cache/frozen/k" + i % 10, method.equals("PUT") ? "1" : "")
                        .thenAccept(answer -> {
                            longest.accumulateAndGet(System.nanoTime() - begin, Math::max);
                            answers.merge(answer.substring(0, Math.min(3, answer.length())), 1, Integer::sum);
                        });
                pause(Duration.ofMillis(10));
            }
        } finally {
            Signals.send(redis, "CONT");
        }
        int number = answers.values().stream().mapToInt(Integer::intValue).sum();
        section.results().add(Figure.of("longest_while_redis_is_frozen", longest.get() / 1e6, "ms", 0));
        section.results().add(Figure.of("answers_while_redis_is_frozen", number, "requests", 0));
        section.results().check(longest.get() < LONGEST.toNanos(), "no answer takes longer than 2 s while Redis is frozen");
        section.results().check(answers.keySet().equals(Set.of("503")), "all are 503: " + answers);
        while (!send(instances.getFirst(), "PUT", "/api/v1/cache/frozen/k", "1").join().isEmpty()
                || !send(instances.getLast(), "PUT", "/api/v1/cache/frozen/k", "1").join().isEmpty()) {
            pause(Duration.ofMillis(100));
        }
    }

    private void anotherTakesOver() {
        value = "last";
        requests.set(0);
        var readers = send(instances.getFirst(), "GET", "/api/v1/cache/" + NAMESPACE + "/k3", "")
                .exceptionally(_ -> "");
        awaitRequests(1);
        installation.process(Part.CACHE).destroyForcibly();
        long begin = System.nanoTime();
        String read = send(instances.getLast(), "GET", "/api/v1/cache/" + NAMESPACE + "/k3", "").join();
        readers.join();
        section.results().add(Figure.of("value_after_kill_9_of_the_loader", millisSince(begin), "ms", 0));
        section.results().check(read.equals("last"), "another instance takes over from one that was killed");
    }

    private void awaitRequests(int most) {
        while (requests.get() < most) {
            pause(Duration.ofMillis(5));
        }
    }

    private CompletableFuture<List<String>> readAll(String key) {
        var reads = IntStream.range(0, READERS)
                .mapToObj(i -> send(instances.get(i % 2), "GET", "/api/v1/cache/" + NAMESPACE + "/" + key, ""))
                .toList();
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                .thenApply(_ -> reads.stream().map(CompletableFuture::join).toList());
    }

    private void set(int port) {
        send(
                        instances.getFirst(),
                        "PUT",
                        "/api/v1/cache-namespaces/" + NAMESPACE,
                        "{\"origin\":{\"url\":\"http://127.0.0.1:%d/{key}\",\"timeout_ms\":4000}}".formatted(port))
                .join();
    }

    private CompletableFuture<String> send(String instance, String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(instance + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        identities
                .headers(new Caller.Operator(Identities.TENANT), Map.of("Content-Type", "application/json"))
                .forEach(request::header);
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() < 300
                        ? response.body()
                        : response.statusCode() + " " + response.body());
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
