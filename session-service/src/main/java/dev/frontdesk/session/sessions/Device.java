package dev.frontdesk.session.sessions;

import java.util.UUID;
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

    public Device {
        if (!isPresentable(name)) {
            throw new IllegalArgumentException("Not a valid device name");
        }
    }

    /** A loop, because this runs for every session that is read. */
    private static boolean isPresentable(String name) {
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            if (isUnfit(name.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnfit(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> c == 0x200B || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        };
    }

    /** Omits the address and the name: only the owner may see them. */
    @Override
    public String toString() {
        return "Device[" + id + "]";
    }
}
