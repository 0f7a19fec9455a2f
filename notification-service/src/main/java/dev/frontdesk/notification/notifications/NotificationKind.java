package dev.frontdesk.notification.notifications;

/** What a notification tells of. */
enum NotificationKind {
    WELCOME("welcome"),
    NEW_SIGN_IN("new_sign_in");

    private final String key;

    NotificationKind(String key) {
        this.key = key;
    }

    /** Stable; a client may branch on it. */
    String key() {
        return key;
    }

    String template() {
        return "notification/" + key.replace('_', '-');
    }
}
