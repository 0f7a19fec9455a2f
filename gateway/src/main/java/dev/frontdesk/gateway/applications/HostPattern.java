package dev.frontdesk.gateway.applications;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which hosts a route is for: one name, {@code *.example.com} for all names below a domain, or any.
 *
 * @param name in lower case, without the asterisk; empty for any host
 */
record HostPattern(String name, boolean below) implements Comparable<HostPattern> {

    static final HostPattern ANY = new HostPattern("", true);

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("(" + LABEL + "\\.)*" + LABEL);
    private static final int LONGEST = 253;
    private static final String BELOW = "*.";

    /** @throws IllegalArgumentException with a message that may be shown */
    static HostPattern parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean below = lower.startsWith(BELOW);
        String name = below ? lower.substring(BELOW.length()) : lower;
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("must be a host name without a port, or *. and a domain");
        }
        return new HostPattern(name, below);
    }

    /** @param host in lower case, without a port */
    boolean matches(String host) {
        if (!below) {
            return host.equals(name);
        }
        return name.isEmpty()
                || (host.length() > name.length() + 1
                        && host.endsWith(name)
                        && host.charAt(host.length() - name.length() - 1) == '.');
    }

    boolean isAny() {
        return equals(ANY);
    }

    /** The most specific first: a name, then the longest domain, then any host. */
    @Override
    public int compareTo(HostPattern other) {
        int byKind = Boolean.compare(below, other.below);
        int byLength = Integer.compare(other.name.length(), name.length());
        return byKind != 0 ? byKind : byLength != 0 ? byLength : name.compareTo(other.name);
    }
}
