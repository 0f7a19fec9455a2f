package dev.frontdesk.session.sessions;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The device of a session, as its owner sees it.
 *
 * @param id the same for every login from this device
 * @param name contains no characters that control a terminal or the text direction of a page; empty when nothing is
 *     known. Other rules for names apply when the name is chosen
 * @param clientAddress where the login came from
 */
public record Device(
        UUID id, String name, UserAgent userAgent, @Nullable String clientAddress) {

    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u200B\\u202A-\\u202E\\u2066-\\u2069]");

    public Device {
        if (UNFIT.matcher(name).find()) {
            throw new IllegalArgumentException("Not a valid device name");
        }
    }

    /** Omits the address and the name: only the owner may see them. */
    @Override
    public String toString() {
        return "Device[" + id + "]";
    }
}
