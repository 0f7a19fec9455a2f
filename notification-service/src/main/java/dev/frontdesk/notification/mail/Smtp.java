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
 * Sends mails over two pools of SMTP connections, on a separate event loop. One pool is only for codes, so that codes
 * do not wait for a connection while a server is slow with other mails.
 */
@Component
class Smtp implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Smtp.class);
    private static final String POOL = "frontdesk";
    private static final String POOL_OF_CODES = "frontdesk-codes";

    /**
     * RFC 4954: the server refused our login. That is not a fault of the mail, and an operator can fix it, so the mail
     * is retried.
     */
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
        // When the response to the final dot is missing, the client fails the mail, and then throws an exception
        // itself.
        vertx.exceptionHandler(error -> log.warn("Uncaught error in the SMTP client: {}", RedactedError.of(error)));
        Vertx watched = new CommitPointConnections(dots).of(vertx);
        this.client = MailClient.createShared(watched, config(properties, properties.connections()), POOL);
        this.clientOfCodes =
                MailClient.createShared(watched, config(properties, properties.codeConnections()), POOL_OF_CODES);
    }

    /**
     * Completes when the server has accepted the mail. Fails with {@link PermanentFailure} or {@link RetryableFailure}
     * when the server certainly has not accepted it, and with {@link UnknownOutcome} when the mail was sent completely
     * but no response came.
     *
     * @param message with a Message-ID
     * @param awaited whether it contains a code, and so may use a connection that is reserved for codes
     */
    Mono<Void> send(MailMessage message, boolean awaited) {
        return Mono.defer(() -> {
            String id = message.getHeaders().get("Message-ID");
            return dots.begin(id)
                    .map(sending -> send(awaited ? clientOfCodes : client, message, id, sending))
                    .orElseGet(() -> Mono.error(
                            new RetryableFailure("the connection of an earlier attempt is still open", null)));
        });
    }

    private Mono<Void> send(MailClient way, MailMessage message, String id, Sending sending) {
        return Mono.fromCompletionStage(() -> way.sendMail(message)
                        // Runs also when the subscriber has timed out: until the sending has ended, its connection
                        // might still write.
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
        // The server has replied that it refuses the mail.
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
                // Closes an unused connection early, so that the idle timeout does not close it just when a mail begins
                // to use it.
                .setKeepAliveTimeout(idleMillis / 2)
                .setKeepAliveTimeoutUnit(TimeUnit.MILLISECONDS);
        if (properties.username() != null) {
            config.setLogin(LoginOption.REQUIRED)
                    .setUsername(properties.username())
                    .setPassword(properties.password());
        }
        config.setConnectTimeout((int) properties.connectTimeout().toMillis());
        // The client itself waits for a response without a timeout, so a frozen server would block the connections for
        // ever.
        config.setIdleTimeout(idleMillis).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return config;
    }

    @Override
    public void destroy() {
        Future.join(client.close(), clientOfCodes.close()).onComplete(_ -> vertx.close());
    }
}
