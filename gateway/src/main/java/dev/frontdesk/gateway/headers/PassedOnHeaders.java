package dev.frontdesk.gateway.headers;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.tracing.TraceContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies headers from one side to the other, in one pass, without those that end here: hop-by-hop headers (RFC 9110,
 * section 7.6.1), credentials, and what a client must not set. Names of identity headers are compared by their letters
 * and digits alone, because some readers treat {@code X_User_Id}, {@code X.User.Id} and {@code X-User-Id} as the same
 * header.
 */
public final class PassedOnHeaders {

    /** Prefix of all our own headers, above all {@code X-Frontdesk-Identity}. */
    private static final String OURS = "xfrontdesk";

    /** What proxies say about the client; the assertion has the address. */
    private static final String FORWARDED = "xforwarded";

    /**
     * Headers that proxies and frameworks use to name the caller, or to say what is asked for. None of our services reads them,
     * and none may start to. docs/guides/forward-auth.md lists them for other proxies.
     */
    static final Set<String> IDENTITY = Set.of(
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
            // The address of the client.
            "xrealip",
            "xclientip",
            "xclusterclientip",
            "trueclientip",
            "cfconnectingip",
            "fastlyclientip",
            // Another path or method than the one that the gateway has checked.
            "xoriginalurl",
            "xoriginaluri",
            "xoriginalhost",
            "xrewriteurl",
            "xhttpmethod",
            "xhttpmethodoverride",
            "xmethodoverride");

    /** Credentials that the gateway checks itself, in every spelling. */
    private static final Set<String> CREDENTIALS = Stream.of(
                    "Authorization", Headers.API_KEY, Headers.TENANT, "Cookie", Headers.CSRF_TOKEN)
            .map(PassedOnHeaders::letters)
            .collect(Collectors.toUnmodifiableSet());

    /** Headers that services read too; only the standard spelling passes. */
    private static final Set<String> STANDARD_SPELLING = Set.of("origin", "secfetchsite");

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-application-context");

    /** Set anew for every request that is sent; the body has been read, so the client no longer waits for a 100. */
    private static final Set<String> SET_ANEW =
            Set.of("host", "content-length", "expect", "forwarded", TraceContext.TRACEPARENT, "tracestate");

    /** Headers that most requests have, in the usual spellings: not looked at more closely. */
    private static final Set<String> HARMLESS = Stream.of(
                    "Accept",
                    "Accept-Encoding",
                    "Accept-Language",
                    "Cache-Control",
                    "Content-Type",
                    "Idempotency-Key",
                    "If-Match",
                    "If-None-Match",
                    "Origin",
                    "Pragma",
                    "Priority",
                    "Referer",
                    "User-Agent",
                    "Sec-Fetch-Dest",
                    "Sec-Fetch-Mode",
                    "Sec-Fetch-Site")
            .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet());

    private PassedOnHeaders() {}

    /** @param received as the client sent them */
    public static void ofRequest(HttpHeaders received, HttpHeaders sent) {
        copy(received, sent, true);
    }

    /** Whether a header of this name, in whatever spelling, is one that the gateway alone sets. */
    public static boolean isOurs(String name) {
        return letters(name).startsWith(OURS);
    }

    /** @param received as the service sent them */
    public static void ofResponse(HttpHeaders received, HttpHeaders sent) {
        copy(received, sent, false);
    }

    private static void copy(HttpHeaders received, HttpHeaders sent, boolean request) {
        Set<String> options = connectionOptions(received);
        Iterator<Map.Entry<CharSequence, CharSequence>> headers = received.iteratorCharSequence();
        while (headers.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = headers.next();
            String name = header.getKey().toString();
            if (passes(name, request) && (options.isEmpty() || !options.contains(name.toLowerCase(Locale.ROOT)))) {
                sent.add(header.getKey(), header.getValue());
            }
        }
    }

    /** Empty if there is none that names a header. */
    private static Set<String> connectionOptions(HttpHeaders received) {
        List<String> lines = received.getAll(HttpHeaderNames.CONNECTION);
        if (lines.isEmpty() || (lines.size() == 1 && lines.getFirst().equalsIgnoreCase("keep-alive"))) {
            return Set.of();
        }
        var options = new HashSet<String>();
        for (String line : lines) {
            Arrays.stream(line.split(",", -1))
                    .map(option -> option.strip().toLowerCase(Locale.ROOT))
                    .forEach(options::add);
        }
        return options;
    }

    private static boolean passes(String name, boolean request) {
        if (HARMLESS.contains(name)) {
            return true;
        }
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (HOP_BY_HOP.contains(lowerCase)) {
            return false;
        }
        return !request || (!SET_ANEW.contains(lowerCase) && !isForged(lowerCase));
    }

    private static boolean isForged(String lowerCase) {
        String letters = letters(lowerCase);
        return letters.startsWith(OURS)
                || letters.startsWith(FORWARDED)
                || IDENTITY.contains(letters)
                || CREDENTIALS.contains(letters)
                // In the standard spelling these are harmless.
                || STANDARD_SPELLING.contains(letters) && !HARMLESS.contains(lowerCase);
    }

    private static String letters(String name) {
        var letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return letters.toString();
    }
}
