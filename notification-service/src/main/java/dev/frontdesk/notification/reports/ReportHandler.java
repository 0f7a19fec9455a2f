package dev.frontdesk.notification.reports;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.mail.Mails;
import dev.frontdesk.notification.mail.OutgoingMail;
import dev.frontdesk.notification.templates.Language;
import dev.frontdesk.notification.templates.LocalizedTemplate;
import dev.frontdesk.notification.templates.Templates;
import dev.frontdesk.notification.templates.TitledText;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates a report, stores it and, if a link is configured, mails the link to the recipient in the order. Idempotent: a
 * second attempt stores no second report and sends no second mail.
 */
@Component
class ReportHandler implements JobHandler {

    private final Reports reports;
    private final ReportProperties properties;
    private final Mails mails;
    private final JsonMapper json;
    private final LocalizedTemplate words = Templates.text("notification/report-made");

    ReportHandler(Reports reports, ReportProperties properties, Mails mails, JsonMapper json) {
        this.reports = reports;
        this.properties = properties;
        this.mails = mails;
        this.json = json;
    }

    @Override
    public String queue() {
        return ReportQueue.NAME;
    }

    @Override
    public Mono<String> handle(Job job) {
        return Mono.defer(() -> {
            ReportOrder order = order(job);
            return reports.read(job.tenant(), ReportKind.named(order.kind()), order.from(), order.to())
                    .doOnNext(ReportHandler::requireBounds)
                    .flatMap(csv -> reports.keep(job.id(), job.tenant(), order, csv)
                            .then(tell(job, order))
                            .thenReturn(json.writeValueAsString(
                                    Map.of("lines", csv.lines(), "path", ReportController.pathOf(job.id())))));
        });
    }

    private static void requireBounds(Csv csv) {
        if (csv.lines() > Reports.MOST_LINES) {
            throw new PermanentFailure("more than " + Reports.MOST_LINES + " lines: request a shorter period");
        }
    }

    private Mono<Void> tell(Job job, ReportOrder order) {
        URI page = properties.link();
        if (page == null) {
            return Mono.empty();
        }
        String link = page + "#report=" + job.id();
        var language = Language.of(Objects.requireNonNullElse(order.locale(), "en"));
        var text = TitledText.of(words.render(language, Map.of("link", link)));
        OutgoingMail mail = mail(job, order, Map.of("title", text.heading(), "body", text.body()));
        return mail == null
                ? Mono.empty()
                : mails.send(mail.withKey("job:" + job.id()).inLanguageOf(order.locale()))
                        .onErrorMap(ProblemException.class, Mails::permanentFailure)
                        .then();
    }

    private static @Nullable OutgoingMail mail(Job job, ReportOrder order, Map<String, String> data) {
        if (order.email() != null) {
            return OutgoingMail.toAddress(job.tenant(), "message", new EmailAddress(order.email()), null, data);
        }
        return order.accountId() == null
                ? null
                : OutgoingMail.toAccount(job.tenant(), "message", order.accountId(), data);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(50);
    }

    private ReportOrder order(Job job) {
        try {
            return json.readValue(job.payload(), ReportOrder.class);
        } catch (JacksonException unreadable) {
            throw new PermanentFailure("the payload is unreadable", unreadable);
        }
    }
}
