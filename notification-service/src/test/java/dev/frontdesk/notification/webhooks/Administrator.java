package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.outbound.SigningSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Manages a tenant's application, as the gateway forwards the requests. */
final class Administrator {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PATH = "/api/v1/webhooks";

    private final String tenant;
    private final IdentityAssertions gateway;
    private final int port;

    public Administrator(String tenant, IdentityAssertions gateway, int port) {
        this.tenant = tenant;
        this.gateway = gateway;
        this.port = port;
    }

    /** An endpoint as it was created. */
    record Endpoint(String id, SigningSecret secret) {
        String path() {
            return "/endpoints/" + id;
        }
    }

    public record Answer(int status, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError("answered " + status + ": " + text);
            }
            return this;
        }
    }

    public Endpoint adds(String url, String... types) {
        String body = JSON.writeValueAsString(
                types.length == 0 ? Map.of("url", url) : Map.of("url", url, "event_types", types));
        var answer = post("/endpoints", body).expect(201).json();
        return new Endpoint(
                answer.get("id").asString(),
                new SigningSecret(answer.get("secret").asString()));
    }

    /** @return the id of the event */
    String tells(String type, String data) {
        return post("/events", "{\"type\":\"" + type + "\",\"data\":" + data + "}")
                .expect(202)
                .json()
                .get("id")
                .asString();
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        var caller =
                new Caller.Account(new TenantId(tenant), UUID.randomUUID(), UUID.randomUUID(), Set.of("administrator"));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH + path))
                .header(Headers.IDENTITY, gateway.sign(caller))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
