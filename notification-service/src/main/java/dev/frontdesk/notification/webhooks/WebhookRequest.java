package dev.frontdesk.notification.webhooks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * One signed request.
 *
 * @param id {@code webhook-id}: the same in every attempt, so that whoever gets it twice can tell; no full stop is in it
 * @param secrets each signs; more than one while a secret is being changed
 * @param body JSON
 * @param within for all of it, from looking the name up to the end of the answer
 * @param answerBytes how much of the answer is read; what comes behind is not waited for
 */
public record WebhookRequest(
        String id, WebhookUrl url, List<WebhookSecret> secrets, String body, Duration within, int answerBytes) {

    public WebhookRequest {
        if (id.isEmpty() || id.indexOf('.') >= 0 || secrets.isEmpty()) {
            throw new IllegalArgumentException("A request has an id without a full stop, and a secret");
        }
        secrets = List.copyOf(secrets);
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
}
