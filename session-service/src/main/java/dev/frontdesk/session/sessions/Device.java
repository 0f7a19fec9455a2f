package dev.frontdesk.session.sessions;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a session is used, as its owner sees it.
 *
 * @param id the same for every login from this device
 * @param name 64 characters at most, nothing that steers a terminal or a page's text direction; empty when nothing is known
 * @param address of the login
 */
public record Device(
        UUID id, String name, UserAgent userAgent, @Nullable String address) {

    public static final int MAX_NAME = 64;

    private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    public Device {
        if (!isPresentable(name)) {
            throw new IllegalArgumentException("Not a presentable name of a device");
        }
    }

    /** Characters are code points. */
    public static boolean isPresentable(String name) {
        return name.codePointCount(0, name.length()) <= MAX_NAME
                && !UNFIT.matcher(name).find();
    }

    /** Neither the address nor the name is anybody's business but the owner's. */
    @Override
    public String toString() {
        return "Device[" + id + "]";
    }
}
