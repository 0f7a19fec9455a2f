package dev.frontdesk.notification.templates;

import java.util.regex.Pattern;

/**
 * A first name as a mail may repeat it. Whoever signs up types it, and the mail goes to an address that may be somebody
 * else's: what does not look like a name (a link, a sentence with a price) must not be sent in our name.
 */
public final class GivenName {

    private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{M}\\u180E\\u200C\\u200D'’ -]{0,39}");

    private GivenName() {}

    /** @return the name, or nothing, for which every template has a greeting too */
    public static String orNothing(String typed) {
        String name = typed.strip();
        return NAME.matcher(name).matches() ? name : "";
    }
}
