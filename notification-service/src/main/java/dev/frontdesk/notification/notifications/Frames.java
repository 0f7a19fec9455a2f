package dev.frontdesk.notification.notifications;

import java.time.Instant;
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

    private record Content(String type, long seq, UUID id, String kind, String title, String body, Instant createdAt) {}

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
                        notification.createdAt())));
    }

    /** @throws tools.jackson.core.JacksonException when it is none */
    public Frame read(String text) {
        return new Frame(json.readValue(text, Content.class).seq(), text);
    }
}
