package dev.frontdesk.notification.webhooks;

import java.util.regex.Pattern;

/**
 * The name of a kind of event, words with full stops between them: {@code order.paid}.
 *
 * @param value at most 128 characters
 */
record EventTypeName(String value) {

    private static final String WORD = "[A-Za-z0-9_-]+";
    private static final Pattern NAME = Pattern.compile(WORD + "(\\." + WORD + ")*");
    private static final Pattern OURS = Pattern.compile("(account|session|webhook)(\\..*)?");
    private static final int LONGEST = 128;

    /** @throws IllegalArgumentException with a message that may be shown */
    EventTypeName {
        if (!isName(value)) {
            throw new IllegalArgumentException("must be words with full stops between them, for example order.paid");
        }
    }

    static boolean isName(String value) {
        return value.length() <= LONGEST && NAME.matcher(value).matches();
    }

    /** The name of an application's own kind: nobody may speak in our name. */
    static EventTypeName ofAnApplication(String value) {
        var name = new EventTypeName(value);
        if (OURS.matcher(value).matches()) {
            throw new IllegalArgumentException("must not begin with account, session or webhook");
        }
        return name;
    }
}
