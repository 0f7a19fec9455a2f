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
    private final TemplateTags templateTags;

    private GuardedTemplate(Template template, TemplateTags templateTags) {
        this.template = template;
        this.templateTags = templateTags;
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
        var templateTags = TemplateTags.of(source, html);
        try {
            var compiler = Templates.compiler(html).withLoader(_ -> new StringReader(Templates.page(language)));
            return new GuardedTemplate(compiler.compile(source), templateTags);
        } catch (MustacheException | StackOverflowError malformed) {
            throw new IllegalArgumentException("is no template", malformed);
        }
    }

    /** What it asks its model for; names within a section over what an application gives are not among them. */
    public Set<String> names() {
        return templateTags.names();
    }

    /**
     * @throws MustacheException when it names something that the model lacks
     * @throws RenderingBudgetExceeded when it would write too much
     */
    public String render(Map<String, ?> model) {
        var renderingBudget = new RenderingBudget();
        var out = new Limited(renderingBudget);
        try {
            template.execute(TemplateModel.of(model, renderingBudget, templateTags.unseen()), out);
        } catch (StackOverflowError tooDeep) {
            // What is in a model is as deep as somebody made it.
            throw new RenderingBudgetExceeded("is too deep");
        } catch (MustacheException failed) {
            if (failed.getCause() instanceof RenderingBudgetExceeded tooMuch) {
                throw tooMuch;
            }
            throw failed;
        }
        return out.text.toString();
    }

    private static final class Limited extends Writer {

        private final RenderingBudget renderingBudget;
        private final StringBuilder text = new StringBuilder();

        private Limited(RenderingBudget renderingBudget) {
            this.renderingBudget = renderingBudget;
        }

        /** Also nothing costs a step: what is empty never fills the measure, however often it is written. */
        @Override
        public void write(char[] characters, int from, int length) {
            renderingBudget.take(1);
            if (text.length() + length > MOST_CHARACTERS) {
                throw new RenderingBudgetExceeded("writes too much");
            }
            text.append(characters, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
