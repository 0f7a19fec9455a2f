package dev.frontdesk.notification.templates;

import com.samskivert.mustache.Template;
import java.util.EnumMap;
import java.util.Map;

/** One template in every language. */
public final class LocalizedTemplate {

    private final Map<Language, Template> translations;

    LocalizedTemplate(Map<Language, Template> translations) {
        this.translations = new EnumMap<>(translations);
    }

    /**
     * @param model the values that the template uses; a missing name is an error
     * @throws com.samskivert.mustache.MustacheException when the template uses a name that the model lacks
     */
    public String render(Language language, Map<String, ?> model) {
        Template translation = translations.get(language);
        if (translation == null) {
            throw new IllegalStateException("No translation for " + language);
        }
        return translation.execute(model);
    }
}
