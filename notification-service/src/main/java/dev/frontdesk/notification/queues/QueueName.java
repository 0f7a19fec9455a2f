package dev.frontdesk.notification.queues;

import java.util.Set;
import java.util.regex.Pattern;

/** Name of a queue within its tenant. */
public record QueueName(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** Names that are taken by API paths; a queue that already has such a name stays. */
    private static final Set<String> RESERVED = Set.of("stats");

    public QueueName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 63 lower-case letters, digits and hyphens, starting with a letter");
        }
    }

    /** Whether new queues must not have this name. */
    boolean isReserved() {
        return RESERVED.contains(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
