package dev.frontdesk.loadtests.jobs;

import dev.frontdesk.notification.emailtemplates.WrittenMail;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The baseline of mails: the service's client library sends the same message with as many connections, and nothing else. */
final class MailsWithoutJobs implements AutoCloseable {

    private static final int AT_ONCE = 5;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final MailClient client;
    private final WrittenMail mail;

    /** @param mail rendered once */
    MailsWithoutJobs(String host, int port, WrittenMail mail) {
        this.client = MailClient.create(
                vertx,
                new MailConfig(host, port).setStarttls(StartTLSOptions.OPTIONAL).setMaxPoolSize(AT_ONCE));
        this.mail = mail;
    }

    Mono<Void> send(int number) {
        return Flux.range(0, number)
                .flatMap(
                        _ -> Mono.fromCompletionStage(
                                () -> client.sendMail(message()).toCompletionStage()),
                        AT_ONCE)
                .then();
    }

    private MailMessage message() {
        var headers = MultiMap.caseInsensitiveMultiMap()
                .set("Message-ID", "<" + UUID.randomUUID() + "@frontdesk.localhost>")
                .set("Auto-Submitted", "auto-generated")
                .set("Subject", mail.subject())
                .set("From", "Frontdesk <no-reply@frontdesk.localhost>");
        var message = new MailMessage()
                .setFrom("no-reply@frontdesk.localhost")
                .setTo(UUID.randomUUID() + "@example.org")
                .setText(mail.text())
                .setHeaders(headers);
        return mail.html() == null ? message : message.setHtml(mail.html());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
