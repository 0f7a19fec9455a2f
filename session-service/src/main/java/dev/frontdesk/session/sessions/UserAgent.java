package dev.frontdesk.session.sessions;

import dev.frontdesk.kit.values.Graphemes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The User-Agent of a client, safe to show to the account's owner: no characters that control a terminal or the text
 * direction of a page, and at most 256 UTF-16 units. Empty when the client sends none.
 */
public record UserAgent(String value) {

    static final int MAX_LENGTH = 256;

    private static final Pattern CONTROL_OR_FORMAT = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    public UserAgent {
        if (value.length() > MAX_LENGTH || !isPresentable(value)) {
            throw new IllegalArgumentException("Not a valid user agent");
        }
    }

    /** A loop, because this runs for every session that is read. */
    private static boolean isPresentable(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int type = Character.getType(text.codePointAt(i));
            if (type == Character.CONTROL || type == Character.FORMAT) {
                return false;
            }
        }
        return true;
    }

    public static UserAgent of(@Nullable String header) {
        String clean = header == null ? "" : CONTROL_OR_FORMAT.matcher(header).replaceAll("");
        return new UserAgent(Graphemes.cut(clean, MAX_LENGTH));
    }
}
