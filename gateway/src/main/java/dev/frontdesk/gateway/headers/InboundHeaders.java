package dev.frontdesk.gateway.headers;

import dev.frontdesk.contracts.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * Removes headers that a client must not set. Names are compared by their letters and digits alone, because some
 * readers treat {@code X_User_Id}, {@code X.User.Id} and {@code X-User-Id} as the same header.
 */
final class InboundHeaders {

    /** Prefix of all our own headers, above all {@code X-Frontdesk-Identity}. */
    private static final String OURS = "xfrontdesk";

    /**
     * Headers that proxies and frameworks use to name the caller. None of our services reads them, and none may start
     * to.
     */
    private static final Set<String> IDENTITY = Set.of(
            "xuser",
            "xuserid",
            "xusername",
            "xuseremail",
            "xuserrole",
            "xuserroles",
            "xrole",
            "xroles",
            "xaccount",
            "xaccountid",
            "xsessionid",
            "xtenant",
            "xauthenticateduser",
            "xauthenticateduserid",
            "xauthuser",
            "xauthrequestuser",
            "xauthrequestemail",
            "xremoteuser",
            "remoteuser",
            "xforwardeduser",
            "xforwardedemail",
            "xforwardedgroups");

    /** Headers that the gateway reads itself; only the standard spelling is kept. */
    private static final Map<String, String> READ_HERE = Stream.of(
                    HttpHeaders.AUTHORIZATION,
                    Headers.API_KEY,
                    Headers.TENANT,
                    HttpHeaders.COOKIE,
                    Headers.CSRF_TOKEN,
                    HttpHeaders.ORIGIN,
                    "Sec-Fetch-Site")
            .collect(Collectors.toUnmodifiableMap(InboundHeaders::letters, Function.identity()));

    /**
     * The Connection options that may remain when Spring Cloud Gateway reads the header: none of them names a header of
     * ours.
     */
    private static final Set<String> CONNECTION_OPTIONS = Set.of("close", "keep-alive", "upgrade");

    private InboundHeaders() {}

    static void clean(HttpHeaders headers) {
        removeForged(headers);
        removeHopByHop(headers);
    }

    private static void removeForged(HttpHeaders headers) {
        List.copyOf(headers.headerNames()).stream()
                .filter(InboundHeaders::isForged)
                .forEach(headers::remove);
    }

    private static boolean isForged(String name) {
        String letters = letters(name);
        String spelling = READ_HERE.get(letters);
        return letters.startsWith(OURS)
                || IDENTITY.contains(letters)
                || (spelling != null && !spelling.equalsIgnoreCase(name));
    }

    /**
     * Headers that a client names in Connection are for the next hop only (RFC 9110, section 7.6.1) and are removed
     * here. If the list stayed, it would be applied again after our own headers are set, and would remove those.
     * Credentials stay for the gateway to check: removing them would turn the client into an anonymous caller.
     */
    private static void removeHopByHop(HttpHeaders headers) {
        List<String> options = headers.getConnection();
        if (options.isEmpty()) {
            return;
        }
        var stay = new TreeSet<String>();
        for (String option : options) {
            String name = option.toLowerCase(Locale.ROOT);
            if (CONNECTION_OPTIONS.contains(name)) {
                stay.add(name);
            } else if (!READ_HERE.containsKey(letters(option))) {
                headers.remove(option);
            }
        }
        if (stay.isEmpty()) {
            headers.remove(HttpHeaders.CONNECTION);
        } else {
            headers.setConnection(List.copyOf(stay));
        }
    }

    private static String letters(String name) {
        var letters = new StringBuilder(name.length());
        for (char c : name.toCharArray()) {
            if (Character.isLetterOrDigit(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return letters.toString();
    }
}
