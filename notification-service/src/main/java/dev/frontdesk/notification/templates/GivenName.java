package dev.frontdesk.notification.templates;

import java.util.regex.Pattern;

/**
 * Checks a first name before it is used in a mail. The person who signs up types it, but the mail may go to another
 * person's address. So a text that does not look like a name (a link, a sentence with a price) must not be sent in our
 * name.
 */
public final class GivenName {

    private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{M}\\u180E\\u200C\\u200D'’ -]{0,39}");

    private GivenName() {}

    /** @return the name, or an empty text, for which every template has a greeting, too */
    public static String orNothing(String typed) {
        String name = typed.strip();
        return NAME.matcher(name).matches() ? name : "";
    }
}
