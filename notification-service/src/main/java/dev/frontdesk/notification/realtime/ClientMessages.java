package dev.frontdesk.notification.realtime;

import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The messages that a client may send in a text frame. Browsers can't send the protocol's own pings, so there is a ping
 * in JSON, {@code {"type":"ping"}}; the response is {@code {"type":"pong"}}.
 */
@Component
class ClientMessages {

    /** The response to a ping, as a text frame. */
    static final String PONG = "{\"type\":\"pong\"}";

    private final ObjectReader reader;
    private final JsonNode ping;

    ClientMessages(JsonMapper json) {
        this.reader = json.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.ping = json.valueToTree(Map.of("type", "ping"));
    }

    boolean isPing(String text) {
        try {
            return ping.equals(reader.readValue(text));
        } catch (JacksonException noJson) {
            return false;
        }
    }
}
