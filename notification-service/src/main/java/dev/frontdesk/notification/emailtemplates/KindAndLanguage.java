package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.kit.fields.FieldReader;
import dev.frontdesk.notification.templates.KindName;
import java.util.regex.Pattern;

/** Which words: the name of a kind of mail, and a language (ISO 639). */
public record KindAndLanguage(String kind, String language) {

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    /** @throws dev.frontdesk.kit.problem.ProblemException that names what is wrong */
    static KindAndLanguage read(String kind, String language) {
        var fields = new FieldReader();
        var readKind = fields.required("kind", kind, KindAndLanguage::kind);
        var readLanguage = fields.required("language", language, KindAndLanguage::language);
        fields.check();
        return new KindAndLanguage(readKind.orElseThrow(), readLanguage.orElseThrow());
    }

    /**
     * @return in the one form that kinds are compared in
     * @throws IllegalArgumentException with a message that may be shown
     */
    public static String kind(String given) {
        String kind = KindName.canonical(given);
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("must have 1 to 63 letters, digits, - and _, beginning with a letter");
        }
        return kind;
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static String language(String given) {
        if (!LANGUAGE.matcher(given).matches()) {
            throw new IllegalArgumentException("must be the code of a language, for example en or tr");
        }
        return given;
    }
}
