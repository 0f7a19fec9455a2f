package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.deliveries.Delivery;
import dev.frontdesk.notification.deliveries.DeliveryHandler;
import dev.frontdesk.notification.deliveries.Undeliverable;
import io.vertx.ext.mail.MailMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes a mail and sends it. What can't be written never will be. */
@Component
class MailHandler implements DeliveryHandler {

    private static final Logger log = LoggerFactory.getLogger(MailHandler.class);

    private final MailRenderer renderer;
    private final Smtp smtp;
    private final MailProperties properties;
    private final JsonMapper json;

    MailHandler(MailRenderer renderer, Smtp smtp, MailProperties properties, JsonMapper json) {
        this.renderer = renderer;
        this.smtp = smtp;
        this.properties = properties;
        this.json = json;
    }

    @Override
    public String queue() {
        return Mails.QUEUE;
    }

    @Override
    public Mono<Void> handle(Delivery delivery) {
        return Mono.defer(() -> {
            MailPayload payload = payload(delivery);
            MailAddress to = address(payload);
            return smtp.send(message(delivery, payload, to))
                    .then(Mono.fromRunnable(
                            () -> log.info("{} {} sent to {}", delivery.kind(), delivery.id(), to.masked())));
        });
    }

    private MailPayload payload(Delivery delivery) {
        try {
            return json.readValue(delivery.payload(), MailPayload.class);
        } catch (JacksonException unreadable) {
            throw new Undeliverable("the payload can't be read", unreadable);
        }
    }

    private static MailAddress address(MailPayload payload) {
        try {
            return MailAddress.of(payload.to());
        } catch (IllegalArgumentException malformed) {
            throw new Undeliverable("no address that SMTP can carry", malformed);
        }
    }

    private MailMessage message(Delivery delivery, MailPayload payload, MailAddress to) {
        try {
            return MailMessages.message(delivery, to, renderer.render(delivery, payload), properties);
        } catch (RuntimeException wrong) {
            throw new Undeliverable(
                    "the mail can't be written: " + wrong.getClass().getSimpleName(), wrong);
        }
    }
}
