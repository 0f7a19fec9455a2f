package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.kit.fields.FieldReader;
import dev.frontdesk.notification.templates.GuardedTemplate;
import org.jspecify.annotations.Nullable;

/** The words of a mail as a client sends them. */
record EmailTemplateRequest(
        @Nullable String subject,
        @Nullable String text,
        @Nullable String html) {

    /** @throws dev.frontdesk.kit.problem.ProblemException that names every field that is wrong */
    EmailTemplate checked(String kind) {
        var fields = new FieldReader();
        var template = read(fields, kind);
        fields.check();
        return template;
    }

    /** What is wrong is in the fields then. */
    EmailTemplate read(FieldReader fields, String kind) {
        var names = new MailNames(MailKind.named(kind));
        var readSubject = fields.required("subject", subject, it -> {
            names.checked(GuardedTemplate.text(EmailTemplate.subject(it)), false);
            return it;
        });
        var readText = fields.required("text", text, it -> {
            names.checked(GuardedTemplate.text(EmailTemplate.text(it)), true);
            return it;
        });
        var readHtml = fields.optional("html", html, it -> {
            names.checked(GuardedTemplate.html(EmailTemplate.html(it)), true);
            return it;
        });
        return new EmailTemplate(readSubject.orElse(""), readText.orElse(""), readHtml.orElse(null));
    }
}
