package dev.frontdesk.notification.outbound;

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
 * @param id {@code webhook-id}: the same in every attempt, so that whoever gets it twice can tell; no full stop is in it
 * @param type what happened, {@code X-Event-Type}; without anything that a header could not hold
 * @param secrets each signs; more than one while a secret is being changed
 * @param legacySignature whether the newest secret signs the body alone, too: {@code X-Webhook-Signature}
 * @param body JSON
 * @param within for all of it, from looking the name up to the end of the answer
 * @param answerBytes how much of the answer is read; what comes behind is not waited for
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
            throw new IllegalArgumentException("A request has an id without a full stop, and a secret");
        }
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    "The type of an event has letters, digits, hyphens and full stops alone");
        }
        secrets = List.copyOf(secrets);
    }

    /**
     * All that stands in the head of the request beside its line, in order. None of it is a secret: a signature is good for
     * this body alone.
     */
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

    /** Space-separated, the newest secret's first. */
    String signatures(long seconds) {
        return String.join(
                " ",
                secrets.stream()
                        .map(secret -> secret.sign(id, seconds, bytes()))
                        .toList());
    }

    /** It has room for one signature: while a secret is changed, that of the newest. */
    String signatureOfBody() {
        return secrets.getFirst().signBody(bytes());
    }
}
