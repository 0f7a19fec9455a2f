package dev.frontdesk.localstack.servers;

import org.jspecify.annotations.Nullable;

/** A server could not be prepared, did not start, or ended too early. The message is one line for a person. */
public final class ServerFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServerFailed(String message) {
        super(message);
    }

    public ServerFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
