package dev.frontdesk.loadtests.jobs;

import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.http.Browser;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.installation.RaisedLimits;
import dev.frontdesk.loadtests.load.Connections;
import dev.frontdesk.loadtests.load.Requests;
import dev.frontdesk.loadtests.load.Sent;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.state.Secrets;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Jobs that an application adds with requests to the gateway. */
final class OverHttp {

    private static final int ROUNDS = 3;
    private static final int CREATED = 201;
    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final Duration LOAD = Duration.ofSeconds(8);
    private static final String QUEUE = "/api/v1/queues/load";
    private static final String JOB = "{\"kind\":\"no-op\",\"payload\":{\"number\":1}}";

    private final Medians rates = new Medians();
    private int failed;

    /**
     * @param scripts the folder with BullMQ and the scripts that use it
     * @return number of wrong responses
     */
    int measure(Path repository, Path folder, Path scripts) throws InterruptedException {
        System.out.println("Starting PostgreSQL, Redis, Kafka, notification-service and the gateway …");
        var plan = new Plan(
                List.of(Part.POSTGRES, Part.REDIS, Part.KAFKA),
                List.of(Part.NOTIFICATION, Part.GATEWAY),
                List.of(),
                Map.of(),
                RaisedLimits.VARIABLES);
        try (var installation = Installation.start(repository, folder, plan);
                var bullmq = Peer.start(folder.resolve("bullmq.log"), Map.of(), JobLoad.bullmq(scripts, installation));
                var server = Peer.start(
                        folder.resolve("bullmq-http.log"),
                        Map.of(),
                        List.of("node", scripts.resolve("http.mjs").toString(), installation.redisUrl()))) {
            String key = installation.secret(Secrets.OPERATOR_KEY);
            createQueue(installation.url(Part.GATEWAY), key);
            byte[] request = Requests.bytes(
                    "POST", QUEUE + "/jobs", Map.of("Content-Type", "application/json", "X-API-Key", key), JOB);
            int gateway = installation.port(Part.GATEWAY);
            int baseline = Integer.parseInt(server.line());
            System.out.println("Warming up");
            send(gateway, WARM_UP, request);
            send(baseline, LOAD, request);
            for (int round = 1; round <= ROUNDS; round++) {
                add("added_over_http", send(gateway, LOAD, request));
                add("bullmq_added_over_http", send(baseline, LOAD, request));
                rates.add(
                        "bullmq_added", bullmq.round("add").values().iterator().next());
                System.out.printf("Round %d of %d: %s%n", round, ROUNDS, rates.last());
            }
            report();
        }
        return failed;
    }

    /** With new connections, because servers close those that are idle while the other one is measured. */
    private static Sent send(int port, Duration time, byte[] request) {
        try (var connections = Connections.open(port, JobLoad.ADDERS)) {
            return connections.closed(time, CREATED, Requests.always(request));
        }
    }

    private static void createQueue(String gateway, String key) {
        var answer = new Browser(gateway)
                .send(HttpMethod.PUT, QUEUE, "{\"worked\":\"lease\"}", Map.of("X-API-Key", key))
                .blockOptional()
                .orElseThrow();
        if (answer.status() != CREATED) {
            throw new IllegalStateException("the queue could not be created: " + answer.status());
        }
    }

    private void add(String name, Sent sent) {
        rates.add(name, sent.rate());
        sent.wrong().forEach((what, count) -> System.out.printf("FAILED %d times: %s: %s%n", count, name, what));
        failed += sent.failed();
    }

    private void report() {
        var figures = new Figures(System.out);
        double added = rates.of("added_over_http");
        double baseline = rates.of("bullmq_added_over_http");
        figures.figure("bullmq_added_over_http", baseline, "1/s");
        figures.figure("added_over_http", added, "1/s", baseline);
        figures.figure("added_over_http_to_added_in_process", added, "1/s", rates.of("bullmq_added"));
        figures.figure("failed", failed, "requests");
    }
}
