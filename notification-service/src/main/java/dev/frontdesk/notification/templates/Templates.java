package dev.frontdesk.notification.templates;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/**
 * Loads templates from {@code classpath:templates/<name>.<language>.<txt|html>}. A variable is escaped in HTML and
 * written unchanged in plain text. Templates can access only maps: no field, method or class of an object.
 */
public final class Templates {

    private static final String ENGLISH_PAGE = "{{$lang}}en{{/lang}}";

    /**
     * The maximum number of digits before or after the decimal point of a number that is written without an exponent.
     */
    private static final int MOST_DIGITS = 2_000;

    private Templates() {}

    /** @throws UncheckedIOException when a translation is missing, so load templates when the application starts */
    public static LocalizedTemplate text(String name) {
        return load(name, ".txt", compiler(false));
    }

    /** The same for HTML; {@code {{<mail/layout}}} is a page that the template's blocks fill. */
    public static LocalizedTemplate html(String name) {
        return load(name, ".html", compiler(true));
    }

    static Mustache.Compiler compiler(boolean html) {
        return Mustache.compiler()
                .escapeHTML(html)
                .withCollector(new MapsOnly())
                .withFormatter(Templates::shown);
    }

    /**
     * The source of a template.
     *
     * @throws UncheckedIOException when the template is missing, so read it when the application starts
     */
    public static String source(String name, Language language, String ending) {
        return read(name + "." + language.code() + "." + ending);
    }

    /**
     * The page that HTML mails fill.
     *
     * @param language ISO 639; the language that the page declares, unless the mail sets another one
     */
    static String page(String language) {
        return read(TemplateTags.PAGE + ".html").replace(ENGLISH_PAGE, "{{$lang}}" + language + "{{/lang}}");
    }

    /** The text of a value. A number is written as it was sent, but without an exponent. */
    private static String shown(Object value) {
        return switch (value) {
            case BigDecimal number -> plain(number);
            case Double number when Double.isFinite(number) -> plain(BigDecimal.valueOf(number));
            case Float number when Float.isFinite(number) -> plain(new BigDecimal(number.toString()));
            case Map<?, ?> _ -> throw new NoTextException();
            case Iterable<?> _ -> throw new NoTextException();
            default -> value.toString();
        };
    }

    /** A very long number keeps its exponent: all its digits would only use memory. */
    private static String plain(BigDecimal number) {
        boolean small = Math.abs((long) number.scale()) <= MOST_DIGITS;
        return small ? number.toPlainString() : number.toString();
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

    /** Hides a section over an empty text. The library's own setting for that also hides sections over maps. */
    private static final class MapsOnly extends BasicCollector {

        @Override
        public @Nullable Iterator<?> toIterator(Object value) {
            return "".equals(value) ? Collections.emptyIterator() : super.toIterator(value);
        }

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }
}
