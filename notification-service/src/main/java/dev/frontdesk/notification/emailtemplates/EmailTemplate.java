package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.kit.values.TypedText;
import dev.frontdesk.notification.templates.MailText;
import org.jspecify.annotations.Nullable;

/**
 * The template of a kind of mail in one language, as its author wrote it.
 *
 * @param html null if the mail is text only
 */
record EmailTemplate(String subject, String text, @Nullable String html) {

    private static final TypedText SUBJECT = TypedText.line(200).directed();
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_HTML = 40_000;

    /** @throws IllegalArgumentException with a message that may be shown */
    static String subject(String given) {
        return SUBJECT.read(given);
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static String text(String given) {
        return within(LONGEST_TEXT, given);
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static String html(String given) {
        return within(LONGEST_HTML, given);
    }

    private static String within(int longest, String given) {
        if (given.isBlank() || given.length() > longest) {
            throw new IllegalArgumentException("must have 1 to " + longest + " characters");
        }
        return MailText.read(given);
    }
}
