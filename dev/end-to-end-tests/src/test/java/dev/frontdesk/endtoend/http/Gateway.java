package dev.frontdesk.endtoend.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.endtoend.document.DocumentedAnswers;
import dev.frontdesk.endtoend.document.DocumentedRequests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Sends requests to the gateway. A path is sent unchanged, encoded or not. Each response, and each accepted request, is
 * checked against the API document. By default a request accepts a media type that no response has.
 */
public final class Gateway {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI url;
    private final boolean documented;

    public Gateway(URI url) {
        this(url, true);
    }

    private Gateway(URI url, boolean documented) {
        this.url = url;
        this.documented = documented;
    }

    /** Another server, which the document does not describe. */
    public static Gateway notOurs(URI url) {
        return new Gateway(url, false);
    }

    public URI url() {
        return url;
    }

    /** For everything except plain requests. */
    public HttpClient http() {
        return http;
    }

    /** @param headers alternating names and values */
    public Answer get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, new byte[0], headers);
    }

    public Answer put(String path, byte[] body, String... headers) {
        return send("PUT", path, body, headers);
    }

    /** @param json sent unchanged, well-formed or not */
    public Answer post(String path, String json, String... headers) {
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/json";
        return send("POST", path, json.getBytes(UTF_8), all);
    }

    public Answer send(String method, String path, byte[] body, String... headers) {
        var publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        var request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).method(method, publisher);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (request.copy().build().headers().firstValue("Accept").isEmpty()) {
            // An unusual value, which must not matter.
            request.header("Accept", "text/plain");
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (documented) {
                String type = request.copy()
                        .build()
                        .headers()
                        .firstValue("Content-Type")
                        .orElse("");
                DocumentedRequests.check(method, path, type, body, answer.statusCode());
                DocumentedAnswers.check(method, path, answer);
            }
            return new Answer(answer);
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
