package dev.frontdesk.sample;

import static dev.frontdesk.sample.PublishedKeys.claims;
import static dev.frontdesk.sample.PublishedKeys.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopTest {

    private final ECKey key = PublishedKeys.key();
    private final PublishedKeys published = new PublishedKeys();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Javalin shop = new Shop(
                    new Assertions(published.url(), PublishedKeys.ISSUER, PublishedKeys.AUDIENCE, PublishedKeys.TENANT),
                    published.uri(),
                    "fdk_none",
                    http)
            .start(0);

    ShopTest() throws IOException, JOSEException {}

    @BeforeEach
    void publish() {
        published.publish(key.toPublicJWK());
    }

    @AfterEach
    void close() {
        shop.stop();
        http.close();
        published.close();
    }

    @Test
    void tellsEveryoneThatItRuns() throws Exception {
        assertThat(send(request("GET", "/health")).statusCode()).isEqualTo(200);
    }

    @Test
    void tellsEveryoneWhatIsInStock() throws Exception {
        var answer = send(request("GET", "/stock/tea"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"stock\":12");
    }

    @ParameterizedTest
    @CsvSource({"GET, /products", "HEAD, /products", "POST, /orders", "GET, /events", "GET, /chat", "GET, /nothing"})
    void refusesRequestsThatDidNotComeThroughTheGateway(String method, String path) throws Exception {
        for (String accept : new String[] {"*/*", "text/html", "text/event-stream"}) {
            var answer = send(request(method, path).header("Accept", accept));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(method.equals("HEAD") || answer.body().startsWith("{")).isTrue();
        }
    }

    @Test
    void refusesAWebSocketThatDidNotComeThroughTheGateway() {
        assertThatThrownBy(() -> chat(null).join())
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }

    @Test
    void answersWhoAsks() throws Exception {
        assertThat(send(request("GET", "/products").header(Assertions.HEADER, assertion()))
                        .body())
                .contains("\"caller\":\"account ada\"", "tea");
    }

    @Test
    void saysWhoSpeaks() throws Exception {
        assertThat(chat(assertion()).get()).isEqualTo("account ada: hello");
    }

    @Test
    void saysThatThereIsNothingElse() throws Exception {
        var answer = send(request("GET", "/nothing").header(Assertions.HEADER, assertion()));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).startsWith("{\"error\":");
    }

    @Test
    void saysThatFrontdeskIsAway() throws Exception {
        String assertion = assertion();
        send(request("GET", "/products").header(Assertions.HEADER, assertion));
        published.close();

        assertThat(send(order("{}").header(Assertions.HEADER, assertion)).statusCode())
                .isEqualTo(502);
    }

    @Test
    void takesOrdersOfAccountsOnly() throws Exception {
        String anonymous = signed(claims("").subject(null).claim("kind", "anonymous"), key);
        assertThat(send(order("{}").header(Assertions.HEADER, anonymous)).statusCode())
                .isEqualTo(401);
        assertThat(send(order("tea").header(Assertions.HEADER, assertion())).statusCode())
                .isEqualTo(400);
        // What stands in for Frontdesk has no queues.
        assertThat(send(order("{}").header(Assertions.HEADER, assertion())).statusCode())
                .isEqualTo(502);
    }

    private String assertion() throws JOSEException {
        return signed(claims("ada"), key);
    }

    private HttpRequest.Builder order(String body) {
        return request("POST", "/orders").POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + shop.port() + path))
                .method(method, BodyPublishers.noBody());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The answer to "hello". */
    private CompletableFuture<String> chat(@Nullable String assertion) {
        var answer = new CompletableFuture<String>();
        var opening = http.newWebSocketBuilder();
        if (assertion != null) {
            opening.header(Assertions.HEADER, assertion);
        }
        return opening.buildAsync(URI.create("ws://127.0.0.1:" + shop.port() + "/chat"), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        answer.complete(text.toString());
                        return null;
                    }
                })
                .thenCompose(socket -> socket.sendText("hello", true))
                .thenCompose(socket -> answer.whenComplete((_, _) -> socket.abort()));
    }
}
