package dev.frontdesk.notification.templates;

import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.StringReader;
import java.io.Writer;
import java.util.Map;
import java.util.Set;

/**
 * A template that may come from outside: it sees what its model holds and nothing else, writes values escaped, and neither
 * its compilation nor its rendering can be made long.
 */
public final class GuardedTemplate {

    private static final int MOST_CHARACTERS = 200_000;

    private final Template template;
    private final Set<String> names;

    private GuardedTemplate(Template template, Set<String> names) {
        this.template = template;
        this.names = Set.copyOf(names);
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    public static GuardedTemplate text(String source) {
        return compiled(source, false);
    }

    /** The same for HTML; {@code {{<mail/layout}}} is a page that its blocks fill. */
    public static GuardedTemplate html(String source) {
        return compiled(source, true);
    }

    private static GuardedTemplate compiled(String source, boolean html) {
        var names = Tags.namesIn(source, html);
        try {
            var compiler = Templates.compiler(html).withLoader(_ -> new StringReader(Templates.page()));
            return new GuardedTemplate(compiler.compile(source), names);
        } catch (MustacheException malformed) {
            throw new IllegalArgumentException("is no template", malformed);
        }
    }

    /** What it asks its model for; names within a section over what an application gives are not among them. */
    public Set<String> names() {
        return names;
    }

    /**
     * @throws MustacheException when it names something that the model lacks
     * @throws TooMuchOfATemplate when it would write too much
     */
    public String render(Map<String, ?> model) {
        var out = new Limited();
        try {
            template.execute(TemplateModel.of(model), out);
        } catch (MustacheException failed) {
            if (failed.getCause() instanceof TooMuchOfATemplate tooMuch) {
                throw tooMuch;
            }
            throw failed;
        }
        return out.text.toString();
    }

    private static final class Limited extends Writer {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(char[] characters, int from, int length) {
            if (text.length() + length > MOST_CHARACTERS) {
                throw new TooMuchOfATemplate("writes too much");
            }
            text.append(characters, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
