package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.KindName;
import java.util.regex.Pattern;

/** Identifies a template: the name of a kind of mail, and a language (ISO 639). */
public record KindAndLanguage(String kind, String language) {

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    /** @throws dev.frontdesk.kit.web.ProblemException that names every invalid field */
    static KindAndLanguage read(String kind, String language) {
        var fields = new FieldReader();
        var readKind = fields.required("kind", kind, KindAndLanguage::kind);
        var readLanguage = fields.required("language", language, KindAndLanguage::language);
        fields.check();
        return new KindAndLanguage(readKind.orElseThrow(), readLanguage.orElseThrow());
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static String kind(String given) {
        String kind = KindName.read(given);
        if (KindName.isReserved(kind) && MailKind.named(kind).isEmpty()) {
            throw new IllegalArgumentException("is not the kind of a mail that Frontdesk sends");
        }
        return kind;
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static String language(String given) {
        if (!LANGUAGE.matcher(given).matches()) {
            throw new IllegalArgumentException("must be a language code, for example en or tr");
        }
        return given;
    }
}
