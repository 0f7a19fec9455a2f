package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.notification.templates.Language;
import dev.frontdesk.notification.templates.Templates;
import dev.frontdesk.notification.templates.TitledText;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Our own words for each kind of mail that we know, in each language that we speak; all there, or the service does not start. */
@Component
class BuiltInTemplates {

    private final Map<MailKind, Map<String, EmailTemplate>> all = new EnumMap<>(MailKind.class);

    BuiltInTemplates() {
        for (MailKind kind : MailKind.values()) {
            var languages = new LinkedHashMap<String, EmailTemplate>();
            Arrays.stream(Language.values()).forEach(language -> languages.put(language.code(), read(kind, language)));
            all.put(kind, languages);
        }
    }

    /** By language. */
    Map<String, EmailTemplate> of(MailKind kind) {
        return Objects.requireNonNull(all.get(kind));
    }

    private static EmailTemplate read(MailKind kind, Language language) {
        String name = "mail/" + kind.key();
        var text = TitledText.of(Templates.source(name, language, "txt"));
        var template = new EmailTemplate(text.heading(), text.body(), Templates.source(name, language, "html"));
        // What can't be read is found at the start, not in the middle of a mail.
        CompiledEmail.of(template, language.code());
        return template;
    }
}
