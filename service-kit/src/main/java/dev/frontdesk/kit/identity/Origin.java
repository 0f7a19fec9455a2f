package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.values.Graphemes;
import org.jspecify.annotations.Nullable;

/**
 * Where a call comes from. A handler that writes an audit trail declares it as a parameter.
 *
 * @param address IPv4 or IPv6 address of the client, as signed by the gateway; null when unknown
 * @param userAgent the client's User-Agent, without control characters, at most 256 UTF-16 units; null when absent
 */
public record Origin(@Nullable String address, @Nullable String userAgent) {

    private static final int LONGEST = 256;

    public static final Origin UNKNOWN = new Origin(null, null);

    public Origin {
        userAgent = userAgent == null ? null : cleaned(userAgent);
    }

    private static @Nullable String cleaned(String userAgent) {
        String shown = userAgent.replaceAll("\\p{C}", "").strip();
        return shown.isEmpty() ? null : Graphemes.cut(shown, LONGEST);
    }
}
