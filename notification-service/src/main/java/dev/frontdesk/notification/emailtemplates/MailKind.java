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
 * A kind of mail that Frontdesk has words for: its name in the table and in the folder of templates, how urgent it is, what
 * its words may name, and what happens when it is unknown whether it was taken. A mail that tells of an event has the name of
 * the event. Codes and news of an account's safety are sent again then, since twice is better than never; a greeting is not.
 */
public enum MailKind {
    VERIFICATION_REQUESTED(
            EventType.VERIFICATION_REQUESTED.fact(), "verification-code", 0, FRONTDESK, true, "code", "minutes"),

    /** The same event, of an address that has another sign-up. */
    VERIFICATION_REPEATED("account.verification-repeated", "verification-code", 0, FRONTDESK, true, "code", "minutes"),
    ADDRESS_ALREADY_REGISTERED(
            EventType.ADDRESS_ALREADY_REGISTERED.fact(), "address-already-registered", 10, FRONTDESK, true),
    PASSWORD_RESET_REQUESTED(
            EventType.PASSWORD_RESET_REQUESTED.fact(), "password-reset", 0, FRONTDESK, true, "code", "link", "minutes"),

    /** Tells of a reset, too. */
    PASSWORD_CHANGED(EventType.PASSWORD_CHANGED.fact(), "password-changed", 5, FRONTDESK, true),
    ADDRESS_CHANGE_REQUESTED(
            EventType.ADDRESS_CHANGE_REQUESTED.fact(), "address-change", 0, FRONTDESK, true, "code", "minutes"),
    ADDRESS_CHANGED(EventType.ADDRESS_CHANGED.fact(), "address-changed", 5, FRONTDESK, true),
    ACCOUNT_DELETED(EventType.ACCOUNT_DELETED.fact(), "account-deleted", 10, FRONTDESK, false),
    ACCOUNT_VERIFIED(EventType.ACCOUNT_VERIFIED.fact(), "welcome", 10, FRONTDESK, false),
    SESSION_OPENED(EventType.SESSION_OPENED.fact(), "new-device", 5, FRONTDESK, true, "device", "time"),
    NEW_BADGE("new-badge", "new-badge", 10, APPLICATIONS, false, "data.name", "data.icon"),
    MESSAGE("message", "message", 10, APPLICATIONS, false, "data.title", "data.body");

    /** Who causes a kind of mail. */
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

    /** @param purpose stays: secrets are sealed for it by their producers, and a second mail of an event is known by it */
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

    /** 0 is first: somebody is waiting for it. */
    public int priority() {
        return priority;
    }

    /** Whether it is sent once more when nobody knows if it was taken. */
    public boolean isRepeatable() {
        return repeatable;
    }

    /** Whether an application may send it, with data of its own. */
    public boolean isForApplications() {
        return sender == APPLICATIONS;
    }

    /** Whether it is one that somebody waits for to go on, and that no application can send. */
    public static boolean isAwaited(String key) {
        return named(key)
                .filter(kind -> kind.priority == 0 && !kind.isForApplications())
                .isPresent();
    }

    /** What its words may name beside {@code name}. */
    Set<String> names() {
        return names;
    }

    /** What they have to show, for without it the mail is of no use. */
    Optional<String> needed() {
        return names.contains(CODE) ? Optional.of(CODE) : Optional.empty();
    }

    /** What the mail is for: the same for both kinds of mail that one event may make. */
    public String purpose() {
        return purpose;
    }

    /**
     * What the secret of such a mail was sealed for; the producer of the event says the same.
     *
     * @param secretOf the registration, the reset or the change
     */
    public String purpose(@Nullable UUID secretOf) {
        return purpose + ":" + secretOf;
    }

    /** Empty for a tenant's own. */
    public static Optional<MailKind> named(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }
}
