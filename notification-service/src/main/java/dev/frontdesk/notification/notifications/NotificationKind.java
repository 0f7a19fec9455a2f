package dev.frontdesk.notification.notifications;

import dev.frontdesk.contracts.events.EventType;

/** What a notification tells of; an event of Frontdesk has its one name. */
enum NotificationKind {
    ACCOUNT_VERIFIED(EventType.ACCOUNT_VERIFIED.fact()),
    SESSION_OPENED(EventType.SESSION_OPENED.fact()),

    /** An application's: it names the badge. */
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
