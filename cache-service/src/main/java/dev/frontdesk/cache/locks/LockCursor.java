package dev.frontdesk.cache.locks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.kit.redis.Partition;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A position in the list of a tenant's locks: after this one.
 *
 * @param score ms of its expiry, as Redis writes them; -1 before the first one
 * @param indexed its escaped name, or empty
 */
record LockCursor(Partition partition, String score, String indexed) {

    static final LockCursor START = beginning(new Partition(0));

    private static final Pattern FORM = Pattern.compile("([0-9]{1,2}) ([0-9]{1,16}) ([A-Za-z0-9._~@%-]{1,768})");

    /** The same position, if it is in this partition, else the beginning of the partition. */
    LockCursor in(Partition wanted) {
        return wanted.equals(partition) ? this : beginning(wanted);
    }

    private static LockCursor beginning(Partition partition) {
        return new LockCursor(partition, "-1", "");
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static LockCursor read(String cursor) {
        try {
            var parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
            if (parts.matches()) {
                return new LockCursor(new Partition(Integer.parseInt(parts.group(1))), parts.group(2), parts.group(3));
            }
        } catch (IllegalArgumentException notOurs) {
            throw new IllegalArgumentException("must be the next_cursor of a page", notOurs);
        }
        throw new IllegalArgumentException("must be the next_cursor of a page");
    }

    /** The encoded form for clients. It is opaque to them. */
    String text() {
        String plain = partition.number() + " " + score + " " + indexed;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }
}
