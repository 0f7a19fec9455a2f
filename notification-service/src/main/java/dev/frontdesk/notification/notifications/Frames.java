package dev.frontdesk.notification.notifications;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads {@link Frame}s. */
@Component
public class Frames {

    private static final String TYPE = "notification";

    private final JsonMapper json;

    Frames(JsonMapper json) {
        this.json = json;
    }

    /** Leaves out empty data: most notifications have none. */
    private record Content(
            String type,
            long seq,
            UUID id,
            String kind,
            String title,
            String body,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> data,
            Instant createdAt) {}

    public Frame of(Notification notification) {
        return new Frame(
                notification.seq(),
                json.writeValueAsString(new Content(
                        TYPE,
                        notification.seq(),
                        notification.id(),
                        notification.kind(),
                        notification.title(),
                        notification.body(),
                        notification.data(),
                        notification.createdAt())));
    }

    /** @throws tools.jackson.core.JacksonException when the text is not a frame */
    public Frame read(String text) {
        // Only the seq is read; fields that a newer version adds are passed on to the client.
        return new Frame(json.readTree(text).required("seq").longValue(), text);
    }
}
