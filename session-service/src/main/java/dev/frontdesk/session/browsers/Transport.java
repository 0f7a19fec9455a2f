package dev.frontdesk.session.browsers;

/** How a client wants to receive the session token. */
public enum Transport {
    /** In the response body, for {@code Authorization: Bearer}. */
    TOKEN,
    /** As a cookie that scripts cannot read. */
    COOKIE;

    /** @throws IllegalArgumentException for an unknown value, with a message that may be shown */
    public static Transport read(String text) {
        return switch (text) {
            case "token" -> TOKEN;
            case "cookie" -> COOKIE;
            default -> throw new IllegalArgumentException("must be token or cookie");
        };
    }
}
