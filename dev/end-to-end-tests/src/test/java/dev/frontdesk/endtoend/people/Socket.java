package dev.frontdesk.endtoend.people;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.endtoend.http.Gateway;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An open WebSocket and the frames that it received. */
public final class Socket implements WebSocket.Listener, AutoCloseable {

    private static final int PATIENCE_SECONDS = 15;

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable WebSocket socket;

    private Socket() {}

    public static Socket open(Gateway gateway, String ticket) {
        var listener = new Socket();
        var url = URI.create(gateway.url().toString().replaceFirst("^http", "ws") + "/ws?ticket=" + ticket);
        listener.socket =
                gateway.http().newWebSocketBuilder().buildAsync(url, listener).join();
        return listener;
    }

    /** The next frame; waits for it if necessary. */
    public JsonNode next() throws InterruptedException {
        var frame = frames.poll(PATIENCE_SECONDS, SECONDS);
        assertThat(frame).as("a frame within %s s", PATIENCE_SECONDS).isNotNull();
        return frame;
    }

    /** The close code from the other side; waits for it if necessary. */
    public int closeCode() throws InterruptedException, ExecutionException, TimeoutException {
        return closed.get(PATIENCE_SECONDS, SECONDS);
    }

    /** Whether there are frames that {@link #next} would return without waiting. */
    public boolean hasFrames() {
        return !frames.isEmpty();
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket source, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(JsonMapper.shared().readTree(partial.toString()));
            partial.setLength(0);
        }
        source.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket source, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket source, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
