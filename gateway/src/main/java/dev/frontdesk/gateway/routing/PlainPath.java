package dev.frontdesk.gateway.routing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Distinguishes a path that can be read in one way only from one that two readers might read differently: with an
 * encoded slash or backslash, a dot segment (encoded or not), an empty segment, a path parameter or a control
 * character. Routes and services would agree on such a path only by luck, and a mismatch could expose
 * {@code /internal}.
 */
final class PlainPath {

    private static final List<String> DOTS = List.of(".", "..");

    private PlainPath() {}

    /** @param rawPath as received, still percent-encoded */
    static boolean isPlain(String rawPath) {
        if (!rawPath.startsWith("/") || rawPath.indexOf(';') >= 0) {
            return false;
        }
        int start = 1;
        for (int end = rawPath.indexOf('/', start); end >= 0; end = rawPath.indexOf('/', start)) {
            if (!isPlainSegment(rawPath.substring(start, end))) {
                return false;
            }
            start = end + 1;
        }
        boolean trailingSlash = start == rawPath.length();
        return trailingSlash || isPlainSegment(rawPath.substring(start));
    }

    private static boolean isPlainSegment(String raw) {
        String segment =
                raw.indexOf('%') < 0 ? raw : URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        return !segment.isEmpty()
                && !DOTS.contains(segment)
                && segment.indexOf('/') < 0
                && segment.indexOf('\\') < 0
                && !hasControlCharacter(segment);
    }

    private static boolean hasControlCharacter(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            if (Character.isISOControl(segment.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
