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
     * @param model what the template names; a name that is missing in it is an error
     * @throws com.samskivert.mustache.MustacheException when the template names something that the model lacks
     */
    public String render(Language language, Map<String, ?> model) {
        Template translation = translations.get(language);
        if (translation == null) {
            throw new IllegalStateException("No translation to " + language);
        }
        return translation.execute(model);
    }
}
