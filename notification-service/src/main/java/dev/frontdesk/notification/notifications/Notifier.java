package dev.frontdesk.notification.notifications;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.notification.devices.Device;
import dev.frontdesk.notification.templates.GivenName;
import dev.frontdesk.notification.templates.TitledText;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sends notifications to accounts. A call completes when the notification is stored. Open sockets receive it over
 * Redis; if Redis is down, they read it from PostgreSQL as soon as Redis is connected again.
 */
@Component
public class Notifier {

    private static final Logger log = LoggerFactory.getLogger(Notifier.class);

    private final Notifications notifications;
    private final NotificationTexts texts;
    private final Frames frames;
    private final NotificationKeys keys;
    private final ReactiveStringRedisTemplate redis;

    Notifier(
            Notifications notifications,
            NotificationTexts texts,
            Frames frames,
            NotificationKeys keys,
            ReactiveStringRedisTemplate redis) {
        this.notifications = notifications;
        this.texts = texts;
        this.frames = frames;
        this.keys = keys;
        this.redis = redis;
    }

    public Mono<Void> welcome(UUID eventId, AccountVerified event) {
        var recipient = new Recipient(new TenantId(event.tenant()), event.accountId());
        var model = Map.of("name", GivenName.orNothing(event.firstName()));
        return tell(recipient, eventId, NotificationKind.ACCOUNT_VERIFIED, event.locale(), model);
    }

    public Mono<Void> newSignIn(UUID eventId, SessionOpened event) {
        var recipient = new Recipient(new TenantId(event.tenant()), event.accountId());
        var model = Map.of("device", Device.named(event.userAgent()));
        return tell(recipient, eventId, NotificationKind.SESSION_OPENED, event.locale(), model);
    }

    /**
     * Sends a notification of an application.
     *
     * @param eventId a repeated call with the same id stores no second notification
     * @param kind the application's own
     */
    public Mono<Void> tell(Recipient recipient, UUID eventId, String kind, TitledText text, Map<String, String> data) {
        return notifications
                .add(recipient, eventId, kind, text, data)
                .flatMap(notification -> announce(recipient, notification));
    }

    /**
     * The text of a badge, the only kind that applications send and that has a built-in template; empty for other
     * kinds.
     */
    public Optional<TitledText> wordsOf(String kind, String locale, Map<String, String> data) {
        return isBadge(kind) ? Optional.of(texts.text(NotificationKind.NEW_BADGE, locale, data)) : Optional.empty();
    }

    /** Whether it is the kind that applications send and that has a built-in template. */
    public static boolean isBadge(String kind) {
        return NotificationKind.NEW_BADGE.is(kind);
    }

    /** Deletes all notifications of a deleted account. */
    public Mono<Void> forget(AccountDeleted event) {
        return notifications.forget(new Recipient(new TenantId(event.tenant()), event.accountId()));
    }

    private Mono<Void> tell(
            Recipient recipient, UUID eventId, NotificationKind kind, String locale, Map<String, String> model) {
        return tell(recipient, eventId, kind.key(), texts.text(kind, locale, model), Map.of());
    }

    private Mono<Void> announce(Recipient recipient, Notification notification) {
        return redis.convertAndSend(
                        keys.channel(recipient), frames.of(notification).json())
                .doOnEach(TraceLog.onNext(instances -> log.info(
                        "{} {} stored as number {} of its account, announced to {} instances",
                        notification.kind(),
                        notification.id(),
                        notification.seq(),
                        instances)))
                .onErrorResume(error -> TraceLog.line(() -> log.warn(
                        "{} {} stored but not announced: {}",
                        notification.kind(),
                        notification.id(),
                        error.toString())))
                .then();
    }
}
