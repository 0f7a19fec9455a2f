package dev.frontdesk.notification.outbound;

import dev.frontdesk.kit.outbound.OutboundUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One signed request.
 *
 * @param id {@code webhook-id}: the same in every attempt, so that a receiver can detect duplicates; it contains no
 *     full stop
 * @param type the type of the event, {@code X-Event-Type}; only characters that a header may contain
 * @param secrets each one signs the request; more than one while a secret is being replaced
 * @param legacySignature whether the newest secret also signs the body alone: {@code X-Webhook-Signature}
 * @param body JSON
 * @param within the timeout of the whole call, from resolving the name to the end of the response
 * @param answerBytes how much of the response is read; the client does not wait for the rest
 */
public record OutboundRequest(
        String id,
        String type,
        OutboundUrl url,
        List<SigningSecret> secrets,
        boolean legacySignature,
        String body,
        Duration within,
        int answerBytes) {

    private static final String AGENT = "Frontdesk-Webhooks/1";
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]+");

    public OutboundRequest {
        if (id.isEmpty() || id.indexOf('.') >= 0 || secrets.isEmpty()) {
            throw new IllegalArgumentException("A request needs an id without full stops, and a secret");
        }
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("The event type must have only letters, digits, hyphens and full stops");
        }
        secrets = List.copyOf(secrets);
    }

    /** All headers of the request, in order. None of them is a secret: a signature is valid only for this body. */
    public Map<String, String> headers(Instant now) {
        long seconds = now.getEpochSecond();
        var headers = new LinkedHashMap<String, String>();
        headers.put("host", url.authority());
        headers.put("user-agent", AGENT);
        headers.put("accept", "*/*");
        headers.put("content-type", "application/json");
        headers.put("content-length", String.valueOf(bytes().length));
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", String.valueOf(seconds));
        headers.put("webhook-signature", signatures(seconds));
        headers.put("x-event-type", type);
        if (legacySignature) {
            headers.put("x-webhook-signature", signatureOfBody());
        }
        return headers;
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** The signatures, separated by spaces; that of the newest secret comes first. */
    String signatures(long seconds) {
        return String.join(
                " ",
                secrets.stream()
                        .map(secret -> secret.sign(id, seconds, bytes()))
                        .toList());
    }

    /** Its header has room for only one signature: while a secret is being replaced, that of the newest one. */
    String signatureOfBody() {
        return secrets.getFirst().signBody(bytes());
    }
}
