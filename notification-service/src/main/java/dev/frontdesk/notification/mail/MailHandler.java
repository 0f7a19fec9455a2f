package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import dev.frontdesk.notification.jobs.Undeliverable;
import io.vertx.ext.mail.MailMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes a mail and sends it. What can't be written never will be. */
@Component
class MailHandler implements JobHandler {

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
    public Mono<String> handle(Job job) {
        return Mono.defer(() -> {
            MailPayload payload = payload(job);
            MailAddress to = address(payload);
            return smtp.send(message(job, payload, to))
                    .then(Mono.<String>fromRunnable(
                            () -> log.info("{} {} sent to {}", job.kind(), job.id(), to.masked())));
        });
    }

    private MailPayload payload(Job job) {
        try {
            return json.readValue(job.payload(), MailPayload.class);
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

    private MailMessage message(Job job, MailPayload payload, MailAddress to) {
        try {
            return MailMessages.message(job, to, renderer.render(job, payload), properties);
        } catch (RuntimeException wrong) {
            throw new Undeliverable(
                    "the mail can't be written: " + wrong.getClass().getSimpleName(), wrong);
        }
    }
}
