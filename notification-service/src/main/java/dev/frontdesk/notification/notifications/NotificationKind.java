package dev.frontdesk.notification.notifications;

import java.util.Locale;

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

    String template() {
        return "notification/" + key.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
