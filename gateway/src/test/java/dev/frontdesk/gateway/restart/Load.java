package dev.frontdesk.gateway.restart;

import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.backends.SessionBackend;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Simulated clients: each sends its next request soon after the previous response, over kept-alive connections. The pause
 * leaves the processor to the gateways and to the tests that run beside.
 */
final class Load implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int PEOPLE = 6;
    private static final Duration PAUSE = Duration.ofMillis(15);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(PEOPLE);
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final String url;

    Load(String url) {
        this.url = url;
        for (int i = 0; i < PEOPLE; i++) {
            threads.scheduleWithFixedDelay(new Client(), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Waits until this many more responses have arrived. */
    void awaitMore(int count) {
        int wanted = answered.get() + count;
        await().atMost(LONG).until(() -> answered.get() >= wanted);
    }

    /** All responses other than 200, after all clients have stopped. */
    List<String> failures() {
        close();
        return List.copyOf(failures);
    }

    /** Sends a request each time it runs. */
    private final class Client implements Runnable {

        private boolean reads;

        @Override
        public void run() {
            reads = !reads;
            try {
                // A new token, so that it is looked up; every other request is one that must not be repeated.
                var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/cache/names/a"))
                        .timeout(LONG)
                        .header("Authorization", "Bearer " + SessionBackend.newToken())
                        .header("Content-Type", "application/json")
                        .method(reads ? "GET" : "PUT", reads ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                        .build();
                var answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    failures.add(request.method() + " " + answer.statusCode() + " " + answer.body());
                }
            } catch (Exception failed) {
                failures.add((reads ? "GET " : "PUT ") + failed);
            }
            answered.incrementAndGet();
        }
    }

    /** Lets requests that were sent end. */
    @Override
    public void close() {
        threads.close();
    }
}
