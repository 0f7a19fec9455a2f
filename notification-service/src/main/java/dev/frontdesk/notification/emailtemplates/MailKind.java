package dev.frontdesk.notification.emailtemplates;

import static dev.frontdesk.notification.emailtemplates.MailKind.Sender.APPLICATIONS;
import static dev.frontdesk.notification.emailtemplates.MailKind.Sender.FRONTDESK;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A kind of mail that Frontdesk has words for: its name in the table and in the folder of templates, how urgent it is, what
 * its words may name, and what happens when nobody knows whether it was taken. Codes and news of an account's safety are
 * sent again then, since twice is better than never; what is only kind is not.
 */
public enum MailKind {
    VERIFICATION_CODE("verification-code", 0, FRONTDESK, true, "code", "minutes"),
    REPEATED_SIGN_UP("repeated-sign-up", 0, FRONTDESK, true, "code", "minutes"),
    ADDRESS_ALREADY_REGISTERED("address-already-registered", 10, FRONTDESK, true),
    PASSWORD_RESET("password-reset", 0, FRONTDESK, true, "code", "link", "minutes"),
    PASSWORD_CHANGED("password-changed", 5, FRONTDESK, true),
    ADDRESS_CHANGE("address-change", 0, FRONTDESK, true, "code", "minutes"),
    ADDRESS_CHANGED("address-changed", 5, FRONTDESK, true),
    ACCOUNT_DELETED("account-deleted", 10, FRONTDESK, false),
    WELCOME("welcome", 10, FRONTDESK, false),
    NEW_DEVICE("new-device", 5, FRONTDESK, true, "device", "time"),
    NEW_BADGE("new-badge", 10, APPLICATIONS, false, "data.name", "data.icon"),
    MESSAGE("message", 10, APPLICATIONS, false, "data.title", "data.body");

    /** Who causes a kind of mail. */
    enum Sender {
        FRONTDESK,
        APPLICATIONS
    }

    private static final String CODE = "code";

    private final String key;
    private final int priority;
    private final Sender sender;
    private final boolean repeatable;
    private final Set<String> names;

    MailKind(String key, int priority, Sender sender, boolean repeatable, String... names) {
        this.key = key;
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

    /**
     * The kind that the event of such a mail is sealed and counted as: the code of a sign-up is sealed before it is known
     * whether the address has another one, and both kinds of one event are one mail.
     */
    public MailKind base() {
        return this == REPEATED_SIGN_UP ? VERIFICATION_CODE : this;
    }

    /** What the secret of such a mail was sealed for; the producer of the event says the same. */
    public String purpose(@Nullable UUID secretOf) {
        return base().key + ":" + secretOf;
    }

    /** Empty for a tenant's own. */
    public static Optional<MailKind> named(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }
}
