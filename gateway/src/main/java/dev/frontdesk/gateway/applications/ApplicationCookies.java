package dev.frontdesk.gateway.applications;

import dev.frontdesk.kit.identity.SessionCookies;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of an application. It gets none of Frontdesk's, and can't set them: the session's cookie is all that a session
 * needs.
 */
final class ApplicationCookies {

    private static final Set<String> OURS = Set.of(SessionCookies.SESSION, SessionCookies.CSRF, SessionCookies.DEVICE);

    private ApplicationCookies() {}

    /** The value of {@code Cookie} for the application; null if nothing is left. */
    static @Nullable String in(HttpHeaders received) {
        if (!received.contains(HttpHeaderNames.COOKIE)) {
            return null;
        }
        var kept = new ArrayList<String>();
        for (String line : received.getAll(HttpHeaderNames.COOKIE)) {
            for (String cookie : line.split(";", -1)) {
                if (!cookie.isBlank() && !isOurs(cookie)) {
                    kept.add(cookie.strip());
                }
            }
        }
        return kept.isEmpty() ? null : String.join("; ", kept);
    }

    /** Removes what would replace our cookies. */
    static void removeOursFrom(HttpHeaders sent) {
        if (sent.contains(HttpHeaderNames.SET_COOKIE)) {
            List<String> all = sent.getAll(HttpHeaderNames.SET_COOKIE);
            List<String> kept = all.stream().filter(cookie -> !isOurs(cookie)).toList();
            if (kept.size() < all.size()) {
                sent.set(HttpHeaderNames.SET_COOKIE, kept);
            }
        }
    }

    /**
     * Browsers compare the names of cookies exactly, but some treat this prefix without regard to case. A cookie without a name
     * may be sent as its value alone, which then looks like a name and a value.
     */
    private static boolean isOurs(String cookie) {
        int equals = cookie.indexOf('=');
        String name = (equals < 0 ? cookie : cookie.substring(0, equals)).strip();
        return name.isEmpty() || OURS.stream().anyMatch(name::equalsIgnoreCase);
    }
}
