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

    private static final String ENGLISH = "en";

    private final Template template;
    private final Tags tags;

    private GuardedTemplate(Template template, Tags tags) {
        this.template = template;
        this.tags = tags;
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    public static GuardedTemplate text(String source) {
        return compiled(source, false, ENGLISH);
    }

    /** In English. */
    public static GuardedTemplate html(String source) {
        return html(source, ENGLISH);
    }

    /**
     * The same for HTML; {@code {{<mail/layout}}} is a page that its blocks fill.
     *
     * @param language ISO 639; what the page says that it is in, unless the block {@code lang} says another
     */
    public static GuardedTemplate html(String source, String language) {
        return compiled(source, true, language);
    }

    private static GuardedTemplate compiled(String source, boolean html, String language) {
        var tags = Tags.of(source, html);
        try {
            var compiler = Templates.compiler(html).withLoader(_ -> new StringReader(Templates.page(language)));
            return new GuardedTemplate(compiler.compile(source), tags);
        } catch (MustacheException | StackOverflowError malformed) {
            throw new IllegalArgumentException("is no template", malformed);
        }
    }

    /** What it asks its model for; names within a section over what an application gives are not among them. */
    public Set<String> names() {
        return tags.names();
    }

    /**
     * @throws MustacheException when it names something that the model lacks
     * @throws TooMuchOfATemplate when it would write too much
     */
    public String render(Map<String, ?> model) {
        var steps = new Steps();
        var out = new Limited(steps);
        try {
            template.execute(TemplateModel.of(model, steps, tags.unseen()), out);
        } catch (StackOverflowError tooDeep) {
            // What is in a model is as deep as somebody made it.
            throw new TooMuchOfATemplate("is too deep");
        } catch (MustacheException failed) {
            if (failed.getCause() instanceof TooMuchOfATemplate tooMuch) {
                throw tooMuch;
            }
            throw failed;
        }
        return out.text.toString();
    }

    private static final class Limited extends Writer {

        private final Steps steps;
        private final StringBuilder text = new StringBuilder();

        private Limited(Steps steps) {
            this.steps = steps;
        }

        /** Also nothing costs a step: what is empty never fills the measure, however often it is written. */
        @Override
        public void write(char[] characters, int from, int length) {
            steps.take(1);
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
