package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.jobs.RetryableFailure;
import dev.frontdesk.notification.jobs.UnknownOutcome;
import dev.frontdesk.notification.mail.SmtpCommitPoint.Sending;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The way out: two pools of SMTP connections on an event loop of their own. One is for codes alone, so that a server that is
 * slow with other mails has no code wait for a connection.
 */
@Component
class Smtp implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Smtp.class);
    private static final String POOL = "frontdesk";
    private static final String POOL_OF_CODES = "frontdesk-codes";

    /** RFC 4954: the server does not want us, which says nothing about the mail, and an operator can mend it. */
    private static final Set<Integer> REFUSED_LOGIN = Set.of(530, 534, 535, 538);

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));

    private final SmtpCommitPoint dots = new SmtpCommitPoint();
    private final MailClient client;
    private final MailClient clientOfCodes;
    private final MailProperties properties;

    Smtp(MailProperties properties) {
        this.properties = properties;
        // Where an answer to the final dot is missing, the client fails the mail, and then itself.
        vertx.exceptionHandler(error -> log.warn("the SMTP client stumbled: {}", RedactedError.of(error)));
        Vertx watched = new CommitPointConnections(dots).of(vertx);
        this.client = MailClient.createShared(watched, config(properties, properties.connections()), POOL);
        this.clientOfCodes =
                MailClient.createShared(watched, config(properties, properties.codeConnections()), POOL_OF_CODES);
    }

    /**
     * Ends when the server has taken the mail. Fails with {@link PermanentFailure} or {@link RetryableFailure} when it
     * certainly
     * has not, and with {@link UnknownOutcome} when all of it was sent and no answer came.
     *
     * @param message with a Message-ID
     * @param awaited whether it has a code, and may have a connection that is kept for codes
     */
    Mono<Void> send(MailMessage message, boolean awaited) {
        return Mono.defer(() -> {
            String id = message.getHeaders().get("Message-ID");
            return dots.begin(id)
                    .map(sending -> send(awaited ? clientOfCodes : client, message, id, sending))
                    .orElseGet(() -> Mono.error(
                            new RetryableFailure("an earlier attempt has not ended on its connection", null)));
        });
    }

    private Mono<Void> send(MailClient way, MailMessage message, String id, Sending sending) {
        return Mono.fromCompletionStage(() -> way.sendMail(message)
                        // Also when nobody waits for it any more: until then its connection might still write.
                        .onComplete(_ -> dots.ended(id, sending))
                        .toCompletionStage())
                .timeout(properties.sendTimeout())
                .publishOn(Schedulers.parallel())
                .onErrorMap(error -> translated(error, sending))
                .doOnCancel(sending::giveUp)
                .then();
    }

    private static Throwable translated(Throwable error, Sending sending) {
        String reason = RedactedError.of(error);
        // The server has spoken, and it was a no.
        if (error instanceof SMTPException reply) {
            return reply.isPermanent() && !REFUSED_LOGIN.contains(reply.getReplyCode())
                    ? new PermanentFailure(reason, error)
                    : new RetryableFailure(reason, error);
        }
        return sending.giveUp() ? new RetryableFailure(reason, error) : new UnknownOutcome(reason, error);
    }

    private static MailConfig config(MailProperties properties, int connections) {
        int idleMillis = (int) properties.idleTimeout().toMillis();
        var config = new MailConfig()
                .setHostname(properties.host())
                .setPort(properties.port())
                .setStarttls(properties.starttls())
                .setMaxPoolSize(connections)
                // An unused connection goes before the idle timeout takes it away under a mail.
                .setKeepAliveTimeout(idleMillis / 2)
                .setKeepAliveTimeoutUnit(TimeUnit.MILLISECONDS);
        if (properties.username() != null) {
            config.setLogin(LoginOption.REQUIRED)
                    .setUsername(properties.username())
                    .setPassword(properties.password());
        }
        config.setConnectTimeout((int) properties.connectTimeout().toMillis());
        // The client itself waits for an answer without end, and a frozen server would keep its connections for ever.
        config.setIdleTimeout(idleMillis).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return config;
    }

    @Override
    public void destroy() {
        Future.join(client.close(), clientOfCodes.close()).onComplete(_ -> vertx.close());
    }
}
