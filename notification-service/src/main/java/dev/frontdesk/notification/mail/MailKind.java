package dev.frontdesk.notification.mail;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A kind of mail: its name in the table and in the folder of templates, and how urgent it is. */
enum MailKind {
    VERIFICATION_CODE("verification-code", 0),
    ADDRESS_ALREADY_REGISTERED("address-already-registered", 10),
    PASSWORD_RESET("password-reset", 0),
    PASSWORD_CHANGED("password-changed", 5),
    ADDRESS_CHANGE("address-change", 0),
    ADDRESS_CHANGED("address-changed", 5),
    ACCOUNT_DELETED("account-deleted", 10);

    private final String key;
    private final int priority;

    MailKind(String key, int priority) {
        this.key = key;
        this.priority = priority;
    }

    String key() {
        return key;
    }

    /** 0 is first: somebody is waiting for it. */
    int priority() {
        return priority;
    }

    /** What the secret of such a mail was sealed for; the producer of the event says the same. */
    String purpose(@Nullable UUID secretOf) {
        return key + ":" + secretOf;
    }

    static MailKind named(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No kind of mail is called " + key));
    }
}
