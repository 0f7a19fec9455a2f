package dev.frontdesk.notification.outbound;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The beginning of an answer, of which nobody knows how long it is. */
final class ResponsePrefix {

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean whole = true;

    ResponsePrefix(int most) {
        this.most = most;
    }

    /** Keeps what there is room for. @return whether there was more than that */
    boolean overflows(byte[] chunk) {
        int room = Math.min(chunk.length, most - kept.size());
        kept.write(chunk, 0, room);
        whole = room == chunk.length;
        return !whole;
    }

    boolean isWhole() {
        return whole;
    }

    /** In a form that PostgreSQL takes as text, whatever the bytes are. */
    String text() {
        return kept.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
