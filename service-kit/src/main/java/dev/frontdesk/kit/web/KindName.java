package dev.frontdesk.kit.web;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a kind or a type is written wherever there is one, of notifications, mails, jobs, events and what else is told apart
 * so: words of lower-case letters, digits and hyphens with full stops between them, a letter first, 1 to 64 characters. A
 * name is taken as it is or refused, never changed: a program that chose it compares it with what it gets back.
 */
public final class KindName {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)*");
    private static final Pattern RESERVED = Pattern.compile("(account|session|webhook)(\\..*)?");
    private static final Pattern WORD_BEGINS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final int LONGEST = 64;

    private KindName() {}

    public static boolean isValid(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    /** @throws IllegalArgumentException with a message that may be shown, and says how the name is written */
    public static String read(String text) {
        if (isValid(text)) {
            return text;
        }
        String meant = text.length() <= LONGEST ? respelled(text) : "";
        throw new IllegalArgumentException(
                isValid(meant)
                        ? "is written in lower case with hyphens: " + meant
                        : "must be 1 to 64 lower-case letters, digits, hyphens and full stops between words, a letter first,"
                                + " for example order-shipped or order.paid");
    }

    /**
     * The name of an application's own: none that tells of Frontdesk's accounts, sessions and webhooks.
     *
     * @throws IllegalArgumentException with a message that may be shown
     */
    public static String readOfApplication(String text) {
        String name = read(text);
        if (isReserved(name)) {
            throw new IllegalArgumentException(
                    "must not begin with account, session or webhook, whose names are Frontdesk's own");
        }
        return name;
    }

    /** Whether it is about what Frontdesk alone tells of. */
    public static boolean isReserved(String name) {
        return RESERVED.matcher(name).matches();
    }

    private static String respelled(String text) {
        return WORD_BEGINS
                .matcher(text)
                .replaceAll("-")
                .toLowerCase(Locale.ROOT)
                .replace('_', '-')
                .replace(' ', '-');
    }
}
