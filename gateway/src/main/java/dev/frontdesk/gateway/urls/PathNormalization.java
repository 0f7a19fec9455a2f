package dev.frontdesk.gateway.urls;

/**
 * Normalizes the spelling of a path: letters, digits and {@code - . _ ~} mean the same percent-encoded and not (RFC
 * 3986, section 6.2.2.2), so {@code /%68ealth/redis} is {@code /health/redis}. Routes compare decoded paths, but
 * filters compare raw paths. With one spelling, routes, filters and services all see the same path.
 */
final class PathNormalization {

    private PathNormalization() {}

    /** Does not change the query: its meaning is up to its reader. */
    static String of(String target) {
        int end = target.indexOf('?');
        if (end < 0) {
            end = target.length();
        }
        int next = target.indexOf('%');
        if (next < 0 || next >= end) {
            return target;
        }
        var plain = new StringBuilder(target.length());
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '%' && i < end && isEncoded(target, i)) {
                char decoded = (char) (digit(target, i + 1) << 4 | digit(target, i + 2));
                if (isUnreserved(decoded)) {
                    plain.append(decoded);
                    i += 2;
                    continue;
                }
            }
            plain.append(c);
        }
        return plain.toString();
    }

    /** Whether a percent sign is followed by two hexadecimal digits. */
    static boolean isEncoded(String target, int percent) {
        return percent + 2 < target.length() && digit(target, percent + 1) >= 0 && digit(target, percent + 2) >= 0;
    }

    private static int digit(String target, int at) {
        char c = target.charAt(at);
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
