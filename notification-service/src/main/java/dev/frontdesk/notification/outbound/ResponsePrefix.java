package dev.frontdesk.notification.outbound;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The first bytes of a response whose length is unknown. */
final class ResponsePrefix {

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean whole = true;

    ResponsePrefix(int most) {
        this.most = most;
    }

    /**
     * Stores the bytes that fit.
     *
     * @return whether there were more
     */
    boolean overflows(byte[] chunk) {
        int room = Math.min(chunk.length, most - kept.size());
        kept.write(chunk, 0, room);
        whole = room == chunk.length;
        return !whole;
    }

    boolean isWhole() {
        return whole;
    }

    /** The bytes as text that PostgreSQL accepts, whatever they are. */
    String text() {
        return kept.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
