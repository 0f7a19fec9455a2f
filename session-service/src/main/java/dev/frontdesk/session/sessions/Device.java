package dev.frontdesk.session.sessions;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a session is used, as its owner sees it.
 *
 * @param id the same for every login from this device
 * @param name nothing that steers a terminal or a page's text direction; empty when nothing is known. What a name may be is
 *     decided when it is chosen
 * @param clientAddress where the login came from
 */
public record Device(
        UUID id, String name, UserAgent userAgent, @Nullable String clientAddress) {

    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u200B\\u202A-\\u202E\\u2066-\\u2069]");

    public Device {
        if (UNFIT.matcher(name).find()) {
            throw new IllegalArgumentException("Not a presentable name of a device");
        }
    }

    /** Neither the address nor the name is anybody's business but the owner's. */
    @Override
    public String toString() {
        return "Device[" + id + "]";
    }
}
