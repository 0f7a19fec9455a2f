package dev.frontdesk.kit.web;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The format of every kind and type name, for example of notifications, mails, jobs and events: words of lower-case
 * letters, digits and hyphens, separated by full stops, starting with a letter, 1 to 64 characters. A name is accepted
 * as it is or rejected, never changed, because the program that chose it compares it with what it gets back.
 */
public final class KindName {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)*");
    private static final Pattern RESERVED = Pattern.compile("(account|api-key|session|tenant|webhook)(\\..*)?");
    private static final Pattern WORD_BEGINS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final int LONGEST = 64;

    private KindName() {}

    public static boolean isValid(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    /** @throws IllegalArgumentException with a message that may be shown and that explains the format */
    public static String read(String text) {
        if (isValid(text)) {
            return text;
        }
        String meant = text.length() <= LONGEST ? respelled(text) : "";
        throw new IllegalArgumentException(
                isValid(meant)
                        ? "must be written in lower case with hyphens: " + meant
                        : "must be 1 to 64 lower-case letters, digits, hyphens and full stops between words,"
                                + " starting with a letter, for example order-shipped or order.paid");
    }

    /**
     * Reads a name that an application chooses. The names of Frontdesk's accounts, API keys, sessions, tenants and webhooks
     * are not allowed.
     *
     * @throws IllegalArgumentException with a message that may be shown
     */
    public static String readOfApplication(String text) {
        String name = read(text);
        if (isReserved(name)) {
            throw new IllegalArgumentException(
                    "must not begin with account, api-key, session, tenant or webhook, which are reserved");
        }
        return name;
    }

    /** Whether only Frontdesk itself may use this name. */
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
