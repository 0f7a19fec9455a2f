package dev.frontdesk.notification.notifications;

import dev.frontdesk.contracts.events.EventType;

/** The kinds of notifications that have a template here. An event of Frontdesk has the same name everywhere. */
enum NotificationKind {
    ACCOUNT_VERIFIED(EventType.ACCOUNT_VERIFIED.fact()),
    SESSION_OPENED(EventType.SESSION_OPENED.fact()),

    /** Sent by applications; the data contains the name of the badge. */
    NEW_BADGE("new-badge");

    private final String key;

    NotificationKind(String key) {
        this.key = key;
    }

    /** Stable; a client may branch on it. */
    String key() {
        return key;
    }

    boolean is(String kind) {
        return key.equals(kind);
    }

    String template() {
        return "notification/" + key;
    }
}
