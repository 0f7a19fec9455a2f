package dev.frontdesk.gateway.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that stores the frames it receives. */
public final class SocketClient implements WebSocket.Listener {

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<String> pong = new CompletableFuture<>();
    private final CompletableFuture<WebSocket> socket;
    private volatile String reason = "";

    private SocketClient(HttpClient http, String url, Map<String, String> headers) {
        var builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = builder.buildAsync(URI.create(url), this);
    }

    /** Fails with the HTTP response if the upgrade is refused. */
    public static SocketClient open(String url, Map<String, String> headers) {
        return open(HttpClient.newHttpClient(), url, headers);
    }

    /** @param http trusts the server of a {@code wss} URL */
    public static SocketClient open(HttpClient http, String url, Map<String, String> headers) {
        var client = new SocketClient(http, url, headers);
        client.socket.join();
        return client;
    }

    public void send(String text) {
        socket.join().sendText(text, true).join();
    }

    public String ping(String payload) throws Exception {
        socket.join().sendPing(ByteBuffer.wrap(payload.getBytes(UTF_8)));
        return pong.get(10, TimeUnit.SECONDS);
    }

    public void close(int code, String reason) {
        socket.join().sendClose(code, reason).join();
    }

    public void abort() {
        socket.join().abort();
    }

    public @Nullable String nextText() throws InterruptedException {
        return texts.poll(10, TimeUnit.SECONDS);
    }

    public String closeReason() {
        return reason;
    }

    public int closeCode() throws Exception {
        return closed.get(15, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            texts.add(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
        pong.complete(UTF_8.decode(message).toString());
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        this.reason = reason;
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }
}
