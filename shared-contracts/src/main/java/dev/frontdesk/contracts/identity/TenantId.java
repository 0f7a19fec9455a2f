package dev.frontdesk.contracts.identity;

import java.util.regex.Pattern;

/**
 * The name of a tenant: 1 to 63 lower-case letters, digits and inner hyphens (an RFC 1123 label), so that keys, topics
 * and paths can contain it unescaped.
 */
public record TenantId(String value) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** The tenant of a request that names none. */
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not a valid tenant id");
        }
    }

    public static boolean isValid(String value) {
        return LABEL.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
