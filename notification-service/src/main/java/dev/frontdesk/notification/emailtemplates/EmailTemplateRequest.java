package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.notification.templates.GuardedTemplate;
import dev.frontdesk.notification.templates.MailText;
import org.jspecify.annotations.Nullable;

/** A mail template as a client sends it. */
record EmailTemplateRequest(
        @Nullable String subject,
        @Nullable String text,
        @Nullable String html) {

    /** @throws dev.frontdesk.kit.web.ProblemException that names every invalid field */
    EmailTemplate checked(String kind) {
        var fields = new FieldReader();
        var template = read(fields, kind);
        fields.check();
        return template;
    }

    /** Adds errors to the fields instead of throwing them. */
    EmailTemplate read(FieldReader fields, String kind) {
        var names = new MailVariables(MailKind.named(kind));
        var readSubject = fields.required("subject", MailText.repairedOrNull(subject), it -> {
            String read = EmailTemplate.subject(it);
            names.checked(GuardedTemplate.text(read), false);
            return read;
        });
        var readText = fields.required("text", text, it -> {
            String read = EmailTemplate.text(it);
            names.checked(GuardedTemplate.text(read), true);
            return read;
        });
        var readHtml = fields.optional("html", html, it -> {
            String read = EmailTemplate.html(it);
            names.checked(GuardedTemplate.html(read), true);
            return read;
        });
        return new EmailTemplate(readSubject.orElse(""), readText.orElse(""), readHtml.orElse(null));
    }
}
