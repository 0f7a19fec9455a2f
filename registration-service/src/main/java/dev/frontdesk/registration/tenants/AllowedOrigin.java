package dev.frontdesk.registration.tenants;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a page, exactly as browsers send it: scheme, host in ASCII and lower case, and the port if it is not the
 * scheme's own. Neither {@code *} nor {@code null} is one.
 */
record AllowedOrigin(String value) {

    private static final int LONGEST = 300;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern FORM = Pattern.compile(
            "(https?)://(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[0-9a-f:.]{2,45}])(?::([1-9][0-9]{0,4}))?");
    private static final int LAST_PORT = 65_535;

    AllowedOrigin {
        Matcher form = FORM.matcher(value);
        if (value.length() > LONGEST || !form.matches() || !isOwnPort(form.group(1), form.group(form.groupCount()))) {
            throw new IllegalArgumentException(
                    "must be an origin as browsers send it, https://shop.example or http://localhost:3000:"
                            + " without a path, in lower case, and without the port that the scheme has anyway");
        }
    }

    private static boolean isOwnPort(String scheme, String port) {
        return port == null
                || Integer.parseInt(port) <= LAST_PORT && !port.equals(scheme.equals("https") ? "443" : "80");
    }
}
