package dev.frontdesk.gateway.documentation;

import java.util.Arrays;
import org.springframework.web.util.HtmlUtils;

/** Writes HTML. All texts and attributes are escaped. */
final class Html {

    private final StringBuilder written = new StringBuilder();

    /** @param attributes alternating names and values */
    Html open(String tag, String... attributes) {
        written.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            written.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(HtmlUtils.htmlEscape(attributes[i + 1]))
                    .append('"');
        }
        written.append('>');
        return this;
    }

    Html close(String... tags) {
        Arrays.stream(tags).forEach(tag -> written.append("</").append(tag).append('>'));
        return this;
    }

    Html text(String text) {
        written.append(HtmlUtils.htmlEscape(text));
        return this;
    }

    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /** Nothing for an empty text. */
    Html paragraph(String text) {
        return text.isEmpty() ? this : element("p", text);
    }

    /** @param html what another one has written */
    Html append(String html) {
        written.append(html);
        return this;
    }

    @Override
    public String toString() {
        return written.toString();
    }
}
