package dev.frontdesk.notification.emailtemplates;

import static dev.frontdesk.notification.emailtemplates.MailKind.Sender.APPLICATIONS;
import static dev.frontdesk.notification.emailtemplates.MailKind.Sender.FRONTDESK;

import dev.frontdesk.contracts.events.EventType;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A kind of mail with built-in templates: its name in the table and in the folder of templates, its priority, the
 * variables of its templates, and whether it is sent again when it is unknown whether it was accepted. Codes and
 * security news are sent again, because twice is better than never; a greeting is not. A mail about an event has the
 * name of the event.
 */
public enum MailKind {
    VERIFICATION_REQUESTED(
            EventType.VERIFICATION_REQUESTED.fact(), "verification-code", 0, FRONTDESK, true, "code", "minutes"),

    /** The same event, for an address that has another sign-up. */
    VERIFICATION_REPEATED("account.verification-repeated", "verification-code", 0, FRONTDESK, true, "code", "minutes"),
    ADDRESS_ALREADY_REGISTERED(
            EventType.ADDRESS_ALREADY_REGISTERED.fact(), "address-already-registered", 10, FRONTDESK, true),
    PASSWORD_RESET_REQUESTED(
            EventType.PASSWORD_RESET_REQUESTED.fact(), "password-reset", 0, FRONTDESK, true, "code", "link", "minutes"),

    /** Also sent after a password reset. */
    PASSWORD_CHANGED(EventType.PASSWORD_CHANGED.fact(), "password-changed", 5, FRONTDESK, true),
    ADDRESS_CHANGE_REQUESTED(
            EventType.ADDRESS_CHANGE_REQUESTED.fact(), "address-change", 0, FRONTDESK, true, "code", "minutes"),
    ADDRESS_CHANGED(EventType.ADDRESS_CHANGED.fact(), "address-changed", 5, FRONTDESK, true),
    ACCOUNT_DELETED(EventType.ACCOUNT_DELETED.fact(), "account-deleted", 10, FRONTDESK, false),
    ACCOUNT_VERIFIED(EventType.ACCOUNT_VERIFIED.fact(), "welcome", 10, FRONTDESK, false),
    SESSION_OPENED(EventType.SESSION_OPENED.fact(), "new-device", 5, FRONTDESK, true, "device", "time"),
    NEW_BADGE("new-badge", "new-badge", 10, APPLICATIONS, false, "data.name", "data.icon"),
    MESSAGE("message", "message", 10, APPLICATIONS, false, "data.title", "data.body");

    /** Who causes a mail of this kind. */
    enum Sender {
        FRONTDESK,
        APPLICATIONS
    }

    private static final String CODE = "code";

    private final String key;
    private final String purpose;
    private final int priority;
    private final Sender sender;
    private final boolean repeatable;
    private final Set<String> names;

    /**
     * @param purpose must not change: producers seal secrets for it, and a second mail for the same event is detected
     *     by it
     */
    MailKind(String key, String purpose, int priority, Sender sender, boolean repeatable, String... names) {
        this.key = key;
        this.purpose = purpose;
        this.priority = priority;
        this.sender = sender;
        this.repeatable = repeatable;
        this.names = Set.of(names);
    }

    public String key() {
        return key;
    }

    /** 0 is first: the reader waits for the mail. */
    public int priority() {
        return priority;
    }

    /** Whether the mail is sent again when it is unknown whether it was accepted. */
    public boolean isRepeatable() {
        return repeatable;
    }

    /** Whether an application may send this kind of mail, with data of its own. */
    public boolean isForApplications() {
        return sender == APPLICATIONS;
    }

    /** Whether the reader needs this mail to continue and no application can send it. */
    public static boolean isAwaited(String key) {
        return named(key)
                .filter(kind -> kind.priority == 0 && !kind.isForApplications())
                .isPresent();
    }

    /** Variables of the templates, in addition to {@code name}. */
    Set<String> names() {
        return names;
    }

    /** The variable that a template must show, because the mail is useless without it. */
    Optional<String> needed() {
        return names.contains(CODE) ? Optional.of(CODE) : Optional.empty();
    }

    /** Purpose of the mail: the same for both kinds of mail that one event may cause. */
    public String purpose() {
        return purpose;
    }

    /**
     * Purpose for which the secret of such a mail was sealed; the event's producer uses the same one.
     *
     * @param secretOf id of the registration, reset or change
     */
    public String purpose(@Nullable UUID secretOf) {
        return purpose + ":" + secretOf;
    }

    /** Empty for a tenant's own kind. */
    public static Optional<MailKind> named(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }
}
