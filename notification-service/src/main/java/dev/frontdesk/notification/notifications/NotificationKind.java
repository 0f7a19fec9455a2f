package dev.frontdesk.notification.notifications;

import dev.frontdesk.notification.templates.KindName;

/** What a notification tells of. */
enum NotificationKind {
    WELCOME("welcome"),
    NEW_SIGN_IN("new_sign_in"),

    /** An application's: it names the badge. */
    NEW_BADGE("NEW_BADGE");

    private final String key;

    NotificationKind(String key) {
        this.key = key;
    }

    /** Stable; a client may branch on it. */
    String key() {
        return key;
    }

    boolean is(String kind) {
        return KindName.canonical(kind).equals(KindName.canonical(key));
    }

    String template() {
        return "notification/" + KindName.canonical(key);
    }
}
