package dev.frontdesk.notification;

import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.Headers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket client of the JDK that stores what it receives. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final AtomicInteger pings = new AtomicInteger();
    private volatile String reason = "";
    private @Nullable WebSocket socket;

    private SocketClient() {}

    /** @param query for example {@code ticket=…&last_seq=3} */
    static SocketClient open(int port, String query, String assertion) {
        var client = new SocketClient();
        client.socket = HTTP.newWebSocketBuilder()
                .header(Headers.IDENTITY, assertion)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws?" + query), client)
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
        return client;
    }

    public List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    public List<Long> seqs() {
        return frames.stream().map(frame -> frame.get("seq").asLong()).toList();
    }

    /** The first frames, once there are that many. */
    public List<JsonNode> awaitFrames(int count) {
        return await().atMost(SOON).until(this::frames, heard -> heard.size() >= count);
    }

    /** The code that the server closed the socket with. */
    public int awaitClose() {
        return closeCode.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The reason that the server sent, once the socket is closed. */
    public String closeReason() {
        return reason;
    }

    public boolean isOpen() {
        return !closeCode.isDone();
    }

    public int pings() {
        return pings.get();
    }

    public WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(JSON.readTree(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        pings.incrementAndGet();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        this.reason = reason;
        closeCode.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closeCode.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket().abort();
    }
}
