package dev.frontdesk.session.browsers;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a client wants to receive the session token. */
public enum Transport {
    /** In the response body, for {@code Authorization: Bearer}. */
    TOKEN,
    /** As a cookie that scripts cannot read. */
    COOKIE;

    /** Defaults to a token; empty for an unknown value. */
    public static Optional<Transport> parse(@Nullable String text) {
        return switch (text) {
            case null -> Optional.of(TOKEN);
            case "token" -> Optional.of(TOKEN);
            case "cookie" -> Optional.of(COOKIE);
            default -> Optional.empty();
        };
    }
}
