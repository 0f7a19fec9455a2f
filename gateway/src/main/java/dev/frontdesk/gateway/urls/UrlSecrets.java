package dev.frontdesk.gateway.urls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Finds one of our credentials in a request's target. A ticket ({@code fdt_}) does not count: it is made for a URL and
 * useless after its first use.
 */
final class UrlSecrets {

    /** Tokens of sessions and devices, and the operator key. */
    private static final Pattern TOKEN = Pattern.compile("fds_[0-9]{1,2}_[A-Za-z0-9_-]{43}|fd[do]_[A-Za-z0-9_-]{43}");

    /** RFC 6750, section 2.3, whatever its value: if it is not one of our tokens, it belongs to another system. */
    private static final String PARAMETER = "access_token";

    /** How often a target is decoded: people can read a target that was encoded more than once, and decode it. */
    private static final int DECODINGS = 3;

    private UrlSecrets() {}

    /** @param target path and query as received */
    static boolean areIn(String target) {
        return hasToken(target) || hasParameter(target);
    }

    private static boolean hasToken(String target) {
        String text = target;
        for (int i = 0; i < DECODINGS && text.indexOf('%') >= 0; i++) {
            if (containsToken(text)) {
                return true;
            }
            text = decoded(text);
        }
        return containsToken(text);
    }

    private static boolean containsToken(String text) {
        // Most URLs need no regular expression.
        return text.contains("fd") && TOKEN.matcher(text).find();
    }

    private static boolean hasParameter(String target) {
        int query = target.indexOf('?');
        return query >= 0
                && Arrays.stream(target.substring(query + 1).split("[&;]", -1))
                        .map(parameter -> decoded(parameter.split("=", 2)[0]))
                        .anyMatch(PARAMETER::equalsIgnoreCase);
    }

    /** Leaves invalid percent-encodings as they are. Tokens are ASCII, so one byte is one character. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        var decoded = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            boolean encoded = bytes[i] == '%'
                    && i + 2 < bytes.length
                    && HexFormat.isHexDigit(bytes[i + 1])
                    && HexFormat.isHexDigit(bytes[i + 2]);
            decoded.append(
                    encoded
                            ? (char) (HexFormat.fromHexDigit(bytes[++i]) << 4 | HexFormat.fromHexDigit(bytes[++i]))
                            : (char) (bytes[i] & 0xff));
        }
        return decoded.toString();
    }
}
