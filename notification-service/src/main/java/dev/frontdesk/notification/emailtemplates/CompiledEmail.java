package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.kit.values.Graphemes;
import dev.frontdesk.notification.templates.GuardedTemplate;
import dev.frontdesk.notification.templates.MailText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The template of a kind of mail in one language, ready to be rendered. */
final class CompiledEmail {

    private static final int LONGEST_SUBJECT = 300;

    private final GuardedTemplate subject;
    private final GuardedTemplate text;
    private final @Nullable GuardedTemplate html;

    private CompiledEmail(GuardedTemplate subject, GuardedTemplate text, @Nullable GuardedTemplate html) {
        this.subject = subject;
        this.text = text;
        this.html = html;
    }

    /**
     * @param language ISO 639
     * @throws IllegalArgumentException if the source is not a valid template
     */
    static CompiledEmail of(EmailTemplate source, String language) {
        return new CompiledEmail(
                GuardedTemplate.text(source.subject()),
                GuardedTemplate.text(source.text()),
                source.html() == null ? null : GuardedTemplate.html(source.html(), language));
    }

    /** @throws RuntimeException if the model lacks a variable, or the mail would be too large */
    WrittenMail write(Map<String, ?> model) {
        return new WrittenMail(
                oneLine(subject.render(model)),
                MailText.sendable(text.render(model)).strip(),
                html == null ? null : MailText.sendable(html.render(model)));
    }

    /** Values may contain line breaks, and no line of the subject may become a header. */
    private static String oneLine(String text) {
        String line = MailText.sendable(text)
                .replaceAll("[\\t\\n\\u2028\\u2029]+", " ")
                .strip();
        return Graphemes.cut(line, LONGEST_SUBJECT);
    }
}
