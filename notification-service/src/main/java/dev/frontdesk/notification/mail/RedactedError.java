package dev.frontdesk.notification.mail;

import dev.frontdesk.kit.values.Graphemes;
import io.vertx.ext.mail.SMTPException;
import java.util.regex.Pattern;

/**
 * Describes an error in a form that may be logged and stored: addresses and codes are hidden, since a server's reply
 * often repeats the address.
 */
final class RedactedError {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>]+@[^\\s<>]+");
    private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{6}(?!\\d)");
    private static final int LONGEST = 200;

    private RedactedError() {}

    static String of(Throwable error) {
        String kind = error instanceof SMTPException ? "SMTP" : error.getClass().getSimpleName();
        return kind + ": " + text(String.valueOf(error.getMessage()));
    }

    static String text(String text) {
        String shown = ADDRESS.matcher(text.replaceAll("\\p{Cntrl}+", " ")).replaceAll("***");
        shown = CODE.matcher(shown).replaceAll("***");
        return Graphemes.cut(shown, LONGEST);
    }
}
