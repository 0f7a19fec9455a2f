package dev.frontdesk.notification.mail;

import java.util.Arrays;

/** A kind of mail: its name in the table and in the folder of templates, and how urgent it is. */
enum MailKind {
    VERIFICATION_CODE("verification-code", 0),
    ADDRESS_ALREADY_REGISTERED("address-already-registered", 10);

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

    static MailKind named(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No kind of mail is called " + key));
    }
}
