package dev.frontdesk.notification.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An administrator of a tenant, as the gateway forwards the requests. Each has a separate tenant. */
public final class Administrator {

    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String QUEUES = "/api/v1/queues";

    private final IdentityAssertions gateway;
    private final int port;
    private final Caller caller;

    public Administrator(IdentityAssertions gateway, int port) {
        this(gateway, port, account(new TenantId("t" + UUID.randomUUID())));
    }

    private Administrator(IdentityAssertions gateway, int port, Caller caller) {
        this.gateway = gateway;
        this.port = port;
        this.caller = caller;
    }

    private static Caller account(TenantId tenant) {
        return new Caller.Account(tenant, UUID.randomUUID(), UUID.randomUUID(), Set.of(Administrators.ROLE));
    }

    public TenantId tenant() {
        return caller.tenant();
    }

    /** The holder of the operator key in the same tenant. */
    public Administrator asOperator() {
        return new Administrator(gateway, port, new Caller.Operator(caller.tenant()));
    }

    /** The same administrator at another instance. */
    public Administrator at(int otherPort) {
        return new Administrator(gateway, otherPort, caller);
    }

    public record Answer(HttpResponse<String> response) {

        public Answer expect(int status) {
            assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(status);
            return this;
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        /** Empty if there is none. */
        public String field(String name) {
            return json().path(name).asString("");
        }

        /** The names of the refused fields. */
        public List<String> refused() {
            return json().path("errors")
                    .valueStream()
                    .map(error -> error.get("field").asString())
                    .toList();
        }

        /** The last part of the problem's type. */
        public String problem() {
            return field("type").replaceFirst(".*/", "");
        }
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    public Answer delete(String path) {
        return send("DELETE", path, "");
    }

    /** @param path the part after {@code /api/v1/queues} */
    public Answer send(String method, String path, String json, String... headers) {
        try {
            return new Answer(HTTP.send(request(method, path, json, headers), BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public CompletableFuture<Answer> sendAsync(String method, String path, String json) {
        return HTTP.sendAsync(request(method, path, json), BodyHandlers.ofString())
                .thenApply(Answer::new);
    }

    public HttpRequest request(String method, String path, String json, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + QUEUES + path))
                .timeout(Duration.ofSeconds(40))
                .header(Headers.IDENTITY, gateway.sign(caller))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    // Shortcuts for most tests.

    /** Creates a queue of the tenant, worked by lease. */
    public String makesAQueue() {
        String name = "q" + UUID.randomUUID();
        put("/" + name, "{}").expect(201);
        return name;
    }

    /** @return its id */
    public String adds(String queue, String json) {
        return post("/" + queue + "/jobs", json).expect(201).field("id");
    }

    public JsonNode job(String queue, String id) {
        return get("/" + queue + "/jobs/" + id).expect(200).json();
    }

    public String stateOf(String queue, String id) {
        return job(queue, id).get("state").asString();
    }

    /** @return the jobs */
    public List<JsonNode> leases(String queue, String json) {
        return jobsIn(post("/" + queue + "/leases", json).expect(200));
    }

    public static List<JsonNode> jobsIn(Answer answer) {
        return answer.json().get("jobs").valueStream().toList();
    }

    public static List<String> idsIn(List<JsonNode> jobs) {
        return jobs.stream().map(job -> job.get("id").asString()).toList();
    }

    public Answer says(String queue, JsonNode job, String what, String more) {
        return post(
                "/%s/jobs/%s/%s".formatted(queue, job.get("id").asString(), what),
                "{\"fence\":%d%s}".formatted(job.get("fence").asLong(), more.isEmpty() ? "" : "," + more));
    }
}
