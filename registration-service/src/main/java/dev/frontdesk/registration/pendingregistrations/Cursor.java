package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.kit.redis.Partition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A position in the list of a tenant's pending registrations: directly after this entry.
 *
 * @param expiry in ms since 1970
 * @param addressHash empty at the beginning of a partition
 */
public record Cursor(int partition, String expiry, String addressHash) {

    public static final Cursor START = new Cursor(0, "0", "");

    private static final Pattern FORM = Pattern.compile("([0-9]{1,2})\\.([0-9]{1,15})\\.([0-9a-f]{64})");
    private static final String REFUSAL = "must be the next_cursor of a page";

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public static Cursor parse(String opaque) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(opaque), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException(REFUSAL, notBase64);
        }
        var parts = FORM.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) >= Partition.COUNT) {
            throw new IllegalArgumentException(REFUSAL);
        }
        return new Cursor(Integer.parseInt(parts.group(1)), parts.group(2), parts.group(3));
    }

    public String opaque() {
        String text = partition + "." + expiry + "." + addressHash;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
