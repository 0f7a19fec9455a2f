package dev.frontdesk.localstack.launcher;

import dev.frontdesk.localstack.processes.Environment;
import dev.frontdesk.localstack.servers.ServerFailed;
import dev.frontdesk.localstack.state.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the sample application needs at the gateway: an API key, a queue and a route. Repeated at each start. */
final class SampleApplication {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]+)\"");
    private static final String QUEUE = "/api/v1/queues/orders";
    private static final String ROUTE = """
            {"paths": ["/shop/**"], "strip_prefix": "/shop", "audience": "shop", "tenant": "default",
             "upstreams": [{"url": "%s"}], "allow": {"anonymous": true}, "limits": {"account": {"per_minute": 600}},
             "event_stream": true, "websocket": true}""";

    private final Environment environment;
    private final Secrets secrets;
    private final Duration bound;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    /** @param bound how long a change may take to be known to the gateway */
    SampleApplication(Environment environment, Secrets secrets, Duration bound) {
        this.environment = environment;
        this.secrets = secrets;
        this.bound = bound;
    }

    /** Before the gateway starts: it may connect to applications on this machine. */
    void announce() {
        if (!secrets.has(Secrets.SAMPLE_API_KEY)) {
            secrets.put(Secrets.SAMPLE_API_KEY, "");
        }
    }

    /** That of the last start, unless it was revoked. */
    void getKey() {
        String operator = secrets.get(Secrets.OPERATOR_KEY);
        expect(call("PUT", QUEUE, "{}", operator), "create the queue of the sample");
        String key = secrets.get(Secrets.SAMPLE_API_KEY);
        if (!key.isEmpty() && call("GET", QUEUE, "", key).statusCode() == 200) {
            return;
        }
        var created = expect(
                call("POST", "/api/v1/api-keys", "{\"name\": \"shop\", \"scopes\": [\"jobs:write\"]}", operator),
                "create the sample's API key");
        Matcher found = KEY.matcher(created.body());
        if (!found.find()) {
            throw new ServerFailed("the gateway's answer has no API key for the sample");
        }
        secrets.put(Secrets.SAMPLE_API_KEY, found.group(1));
        await("the sample's API key is not accepted", () -> call("GET", QUEUE, "", found.group(1)));
    }

    /** Returns when requests reach the sample. */
    void putRoute() {
        String route = ROUTE.formatted(environment.sampleUrl());
        expect(
                call("PUT", "/api/v1/admin/routes/shop", route, secrets.get(Secrets.OPERATOR_KEY)),
                "put the sample's route");
        await("the sample is not reached through the gateway", () -> call("GET", "/shop/health", "", ""));
    }

    private interface Call {
        HttpResponse<String> make();
    }

    private void await(String problem, Call call) {
        long end = System.nanoTime() + bound.toNanos();
        while (call.make().statusCode() != 200) {
            if (System.nanoTime() > end) {
                throw new ServerFailed(problem + ": see the gateway's log");
            }
            Pause.briefly();
        }
    }

    private static HttpResponse<String> expect(HttpResponse<String> answer, String what) {
        if (answer.statusCode() >= 300) {
            throw new ServerFailed("could not " + what + ": the gateway answered " + answer.statusCode() + " "
                    + answer.body().strip());
        }
        return answer;
    }

    private HttpResponse<String> call(String method, String path, String body, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(environment.gatewayUrl() + path))
                .timeout(ANSWER_WITHIN)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ServerFailed("could not reach the gateway for the sample: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
