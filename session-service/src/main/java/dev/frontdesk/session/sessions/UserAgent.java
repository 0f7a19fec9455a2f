package dev.frontdesk.session.sessions;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says it is, fit for showing to the account's owner: nothing that steers a terminal or a page's text
 * direction, and 256 characters at most. Empty when the client says nothing.
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
        return new UserAgent(clean.length() <= MAX_LENGTH ? clean : cut(clean));
    }

    private static String cut(String text) {
        // A character outside the basic plane is two chars; half of one can't be stored as UTF-8.
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
}
