package dev.frontdesk.notification.webhooks;

/**
 * Which kinds of events an endpoint wants: one, all below a name ({@code account.*}), or {@code *} for all there are.
 *
 * @param value as it was given
 */
record EventFilter(String value) {

    static final String ALL = "*";
    private static final String BELOW = ".*";

    /** @throws IllegalArgumentException with a message that may be shown */
    EventFilter {
        String name = value.endsWith(BELOW) ? value.substring(0, value.length() - BELOW.length()) : value;
        if (!value.equals(ALL) && !EventTypeName.isName(name)) {
            throw new IllegalArgumentException("must be types of events, such as account.verified, account.* or *");
        }
    }
}
