package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.web.KindName;

/**
 * Selects the types of events that an endpoint receives: one type, all below a name ({@code account.*}), or {@code *}
 * for all.
 *
 * @param value as the client sent it
 */
record EventFilter(String value) {

    static final String ALL = "*";
    private static final String BELOW = ".*";

    /** @throws IllegalArgumentException with a message that may be shown */
    EventFilter {
        if (!value.equals(ALL)) {
            check(value.endsWith(BELOW) ? value.substring(0, value.length() - BELOW.length()) : value);
        }
    }

    private static void check(String name) {
        try {
            KindName.read(name);
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException(
                    "must be event types, such as account.verified, account.* or *; a type " + unfit.getMessage(),
                    unfit);
        }
    }
}
