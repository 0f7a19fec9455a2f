package dev.frontdesk.notification.templates;

import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.StringReader;
import java.io.Writer;
import java.util.Map;
import java.util.Set;

/**
 * A template that may come from an untrusted author: it can access only its model, writes values escaped, and the time
 * of its compilation and of its rendering is bounded.
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

    /** An HTML template in English. */
    public static GuardedTemplate html(String source) {
        return html(source, ENGLISH);
    }

    /**
     * An HTML template; {@code {{<mail/layout}}} is a page that the template's blocks fill.
     *
     * @param language ISO 639; the language that the page declares, unless the block {@code lang} sets another one
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
            throw new IllegalArgumentException("is not a valid template", malformed);
        }
    }

    /** The names that the template reads from its model, except names within a section over the application's data. */
    public Set<String> names() {
        return templateTags.names();
    }

    /**
     * @throws MustacheException when the template uses a name that the model lacks
     * @throws RenderingBudgetExceeded when the rendering needs too many steps, produces too much text or is nested
     *     too deeply
     */
    public String render(Map<String, ?> model) {
        var renderingBudget = new RenderingBudget();
        var out = new Limited(renderingBudget);
        try {
            template.execute(TemplateModel.of(model, renderingBudget, templateTags.unseen()), out);
        } catch (StackOverflowError tooDeep) {
            // The client decides how deeply the data in the model is nested.
            throw new RenderingBudgetExceeded("is nested too deeply");
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

        /** An empty text costs a step, too: it never reaches the limit of characters, however often it is written. */
        @Override
        public void write(char[] characters, int from, int length) {
            renderingBudget.take(1);
            if (text.length() + length > MOST_CHARACTERS) {
                throw new RenderingBudgetExceeded("produces too much text");
            }
            text.append(characters, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
