package dev.frontdesk.notification.templates;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.ClassPathResource;

/**
 * Loads templates from {@code classpath:templates/<name>.<language>.<txt|html>}. A variable is escaped in HTML and written
 * as it is in plain text. Templates see maps only: no field, no method, no class of an object.
 */
public final class Templates {

    private Templates() {}

    /** @throws UncheckedIOException when a translation is missing, so load templates when the application starts */
    public static LocalizedTemplate text(String name) {
        return load(name, ".txt", compiler(false));
    }

    /** The same for HTML; {@code {{<mail/layout}}} is a page that its blocks fill. */
    public static LocalizedTemplate html(String name) {
        return load(name, ".html", compiler(true));
    }

    static Mustache.Compiler compiler(boolean html) {
        return Mustache.compiler()
                .escapeHTML(html)
                .withCollector(new MapsOnly())
                .strictSections(true)
                .emptyStringIsFalse(true);
    }

    /**
     * A template as it was written.
     *
     * @throws UncheckedIOException when it is missing, so read it when the application starts
     */
    public static String source(String name, Language language, String ending) {
        return read(name + "." + language.code() + "." + ending);
    }

    /** The page that mails in HTML fill. */
    static String page() {
        return read(Tags.PAGE + ".html");
    }

    private static LocalizedTemplate load(String name, String ending, Mustache.Compiler compiler) {
        var withPages = compiler.withLoader(page -> new StringReader(read(page + ending)));
        var translations = new EnumMap<Language, Template>(Language.class);
        for (Language language : Language.values()) {
            translations.put(language, withPages.compile(read(name + "." + language.code() + ending)));
        }
        return new LocalizedTemplate(translations);
    }

    private static String read(String file) {
        try {
            return new ClassPathResource("templates/" + file).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException("No template " + file, missing);
        }
    }

    private static final class MapsOnly extends BasicCollector {
        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }
}
