package dev.frontdesk.kit.identity;

import java.time.Duration;
import java.util.List;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseCookie.ResponseCookieBuilder;

/**
 * The cookies of a browser's session. Their prefix (RFC 6265bis, section 4.1.3.2) binds them to the one host that set
 * them, over TLS, on every path: no other host under the same domain can set or read them.
 */
public final class SessionCookies {

    /** The session token; scripts can't read it. */
    public static final String SESSION = "__Host-frontdesk-session";

    /** The {@link CsrfToken}, readable by the scripts of the site's own pages. */
    public static final String CSRF = "__Host-frontdesk-csrf";

    /** The secret by which a login recognises this browser; it outlives sessions. */
    public static final String DEVICE = "__Host-frontdesk-device";

    private static final String ROOT = "/";
    private static final String LAX = "Lax";
    private static final String STRICT = "Strict";

    private SessionCookies() {}

    /** @param lasts until the session expires even if it is in use */
    public static List<ResponseCookie> of(String sessionToken, Duration lasts) {
        return List.of(session(sessionToken, lasts), csrf(CsrfToken.of(sessionToken), lasts));
    }

    /** Deletes the session's cookies in the browser. */
    public static List<ResponseCookie> cleared() {
        return List.of(session("", Duration.ZERO), csrf("", Duration.ZERO));
    }

    public static ResponseCookie device(String secret, Duration lasts) {
        return cookie(DEVICE, secret, lasts).httpOnly(true).sameSite(LAX).build();
    }

    /**
     * Lax: a user who follows a link from another site is logged in, but no other cross-site request sends the cookie.
     */
    private static ResponseCookie session(String value, Duration lasts) {
        return cookie(SESSION, value, lasts).httpOnly(true).sameSite(LAX).build();
    }

    private static ResponseCookie csrf(String value, Duration lasts) {
        return cookie(CSRF, value, lasts).sameSite(STRICT).build();
    }

    private static ResponseCookieBuilder cookie(String name, String value, Duration lasts) {
        return ResponseCookie.from(name, value).path(ROOT).secure(true).maxAge(lasts);
    }
}
