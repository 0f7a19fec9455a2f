package dev.frontdesk.notification.mail;

import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.notification.emailtemplates.MailKind;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.jobs.RetryableFailure;
import io.vertx.ext.mail.MailMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Renders a mail and sends it. A rendering error is permanent unless an outage caused it, since a retry would fail in
 * the same way. {@link CodeHandler} sends the mails with codes in the same way, from their own queue.
 */
@Component
class MailHandler implements JobHandler {

    private static final Logger log = LoggerFactory.getLogger(MailHandler.class);

    private final RecipientResolver recipientResolver;
    private final MailRenderer renderer;
    private final RecipientLimit limit;
    private final Smtp smtp;
    private final MailProperties properties;
    private final JsonMapper json;

    MailHandler(
            RecipientResolver recipientResolver,
            MailRenderer renderer,
            RecipientLimit limit,
            Smtp smtp,
            MailProperties properties,
            JsonMapper json) {
        this.recipientResolver = recipientResolver;
        this.renderer = renderer;
        this.limit = limit;
        this.smtp = smtp;
        this.properties = properties;
        this.json = json;
    }

    @Override
    public String queue() {
        return EmailQueue.NAME;
    }

    /** Only their payloads are in memory: each mail is rendered when it begins. */
    @Override
    public int mostClaimedAhead() {
        return 20;
    }

    @Override
    public boolean marksBegun() {
        return true;
    }

    @Override
    public Mono<String> handle(Job job) {
        return Mono.defer(() -> {
            MailPayload payload = payload(job);
            return recipientResolver
                    .of(job.tenant(), payload, job.attempt() - job.stalls())
                    .flatMap(mailRecipient -> send(job, payload, mailRecipient));
        });
    }

    private Mono<String> send(Job job, MailPayload payload, MailRecipient mailRecipient) {
        boolean awaited = MailKind.isAwaited(job.kind());
        return written(job, payload, mailRecipient)
                .flatMap(mail -> limit.begin(job.id(), job.fence(), mailRecipient.address(), awaited)
                        .then(Mono.defer(() -> send(mail, mailRecipient.address(), awaited))))
                .then(TraceLog.<String>line(() -> log.info(
                        "{} {} sent to {}",
                        job.kind(),
                        job.id(),
                        mailRecipient.address().masked())));
    }

    private Mono<Void> send(MailMessage mail, MailAddress address, boolean awaited) {
        return smtp.send(mail, awaited)
                .onErrorResume(
                        error -> error instanceof RetryableFailure || error instanceof PermanentFailure,
                        error -> limit.giveBack(address).then(Mono.error(error)));
    }

    private MailPayload payload(Job job) {
        try {
            return json.readValue(job.payload(), MailPayload.class);
        } catch (JacksonException unreadable) {
            throw new PermanentFailure("the payload is unreadable", unreadable);
        }
    }

    private Mono<MailMessage> written(Job job, MailPayload payload, MailRecipient mailRecipient) {
        return renderer.render(job, payload, mailRecipient)
                .map(mail -> MailMessages.message(job, mailRecipient.address(), mail, properties))
                .onErrorMap(
                        error -> !Outages.isBehind(error),
                        wrong -> new PermanentFailure(
                                "the mail could not be rendered: "
                                        + wrong.getClass().getSimpleName(),
                                wrong));
    }
}
