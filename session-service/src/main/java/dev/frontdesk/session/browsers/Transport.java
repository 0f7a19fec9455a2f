package dev.frontdesk.session.browsers;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How whoever logs in wants to hold the session. */
public enum Transport {
    /** As a token in the answer's body, for {@code Authorization: Bearer}. */
    TOKEN,
    /** As a cookie that no script reads. */
    COOKIE;

    /** Unless said a token; empty for what is no transport. */
    public static Optional<Transport> parse(@Nullable String text) {
        return switch (text) {
            case null -> Optional.of(TOKEN);
            case "token" -> Optional.of(TOKEN);
            case "cookie" -> Optional.of(COOKIE);
            default -> Optional.empty();
        };
    }
}
