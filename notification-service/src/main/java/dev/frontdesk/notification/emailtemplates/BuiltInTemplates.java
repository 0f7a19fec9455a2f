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

/**
 * The built-in templates for each known kind of mail in each supported language. If one is missing, the service does
 * not start.
 */
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

    /** Templates by language. */
    Map<String, EmailTemplate> of(MailKind kind) {
        return Objects.requireNonNull(all.get(kind));
    }

    private static EmailTemplate read(MailKind kind, Language language) {
        String name = "mail/" + kind.key();
        var text = TitledText.of(Templates.source(name, language, "txt"));
        var template = new EmailTemplate(text.heading(), text.body(), Templates.source(name, language, "html"));
        // Compiles the template now, so that an invalid one fails at startup and not when a mail is written.
        CompiledEmail.of(template, language.code());
        return template;
    }
}
