package dev.frontdesk.session.sessions;

import dev.frontdesk.kit.values.Graphemes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says it is, fit for showing to the account's owner: nothing that steers a terminal or a page's text
 * direction, and 256 UTF-16 units at most. Empty when the client says nothing.
 */
public record UserAgent(String value) {

    static final int MAX_LENGTH = 256;

    private static final Pattern CONTROL_OR_FORMAT = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    public UserAgent {
        if (value.length() > MAX_LENGTH || CONTROL_OR_FORMAT.matcher(value).find()) {
            throw new IllegalArgumentException("Not a presentable user agent");
        }
    }

    public static UserAgent of(@Nullable String header) {
        String clean = header == null ? "" : CONTROL_OR_FORMAT.matcher(header).replaceAll("");
        return new UserAgent(Graphemes.cut(clean, MAX_LENGTH));
    }
}
