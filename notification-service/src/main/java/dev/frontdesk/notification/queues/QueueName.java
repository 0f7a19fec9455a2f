package dev.frontdesk.notification.queues;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Name of a queue within its tenant. */
public record QueueName(String value) {

    /** Declared before the names that it checks. */
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** Queues that every tenant has without creating them. */
    static final List<QueueName> BUILT_IN = List.of(
            new QueueName("email"),
            new QueueName("email-codes"),
            new QueueName("webhook"),
            new QueueName("notification"),
            new QueueName("report"),
            new QueueName("analytics"),
            new QueueName("ai"));

    /** Names that are taken by API paths; a queue that already has such a name stays. */
    private static final Set<String> RESERVED = Set.of("stats");

    private static final Set<String> FROM_INSIDE =
            Set.of("email", "email-codes", "webhook", "notification", "analytics");

    public QueueName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 63 lower-case letters, digits and hyphens, starting with a letter");
        }
    }

    boolean isBuiltIn() {
        return BUILT_IN.contains(this);
    }

    /** Whether new queues must not have this name. */
    boolean isReserved() {
        return RESERVED.contains(value);
    }

    /** Whether only the service itself may work on this queue and fill it, through endpoints that check its jobs. */
    public boolean isFromInside() {
        return isFromInside(value);
    }

    /** The same for any name. */
    public static boolean isFromInside(String name) {
        return FROM_INSIDE.contains(name);
    }

    /** Whether work in this queue costs the operator, who then sets how much of it a tenant may have. */
    boolean isTheOperators() {
        return isFromInside() || value.equals("report");
    }

    WorkMode workedByDefault() {
        return isTheOperators() ? WorkMode.SERVICE : WorkMode.LEASE;
    }

    @Override
    public String toString() {
        return value;
    }
}
