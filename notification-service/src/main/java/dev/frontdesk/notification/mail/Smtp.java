package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.jobs.NotDeliveredYet;
import dev.frontdesk.notification.jobs.Undeliverable;
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
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The way out: a pool of SMTP connections on an event loop of its own. */
@Component
class Smtp implements DisposableBean {

    private static final String POOL = "frontdesk";

    /** RFC 4954: the server does not want us, which says nothing about the mail, and an operator can mend it. */
    private static final Set<Integer> REFUSED_LOGIN = Set.of(530, 534, 535, 538);

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));

    private final MailClient client;
    private final MailProperties properties;

    Smtp(MailProperties properties) {
        this.properties = properties;
        this.client = MailClient.createShared(vertx, config(properties), POOL);
    }

    /** Ends when the server has taken the mail. Fails with {@link Undeliverable} or {@link NotDeliveredYet}. */
    Mono<Void> send(MailMessage message) {
        return Mono.fromCompletionStage(() -> client.sendMail(message).toCompletionStage())
                .timeout(properties.sendTimeout())
                .publishOn(Schedulers.parallel())
                .onErrorMap(Smtp::translated)
                .then();
    }

    private static Throwable translated(Throwable error) {
        String reason = Redacted.of(error);
        return error instanceof SMTPException reply
                        && reply.isPermanent()
                        && !REFUSED_LOGIN.contains(reply.getReplyCode())
                ? new Undeliverable(reason, error)
                : new NotDeliveredYet(reason, error);
    }

    private static MailConfig config(MailProperties properties) {
        int idleMillis = (int) properties.idleTimeout().toMillis();
        var config = new MailConfig()
                .setHostname(properties.host())
                .setPort(properties.port())
                .setStarttls(properties.starttls())
                .setMaxPoolSize(properties.connections())
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
        client.close().onComplete(_ -> vertx.close());
    }
}
