package dev.frontdesk.notification.queues;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Name of a queue, in its tenant. */
public record QueueName(String value) {

    /** Before the names that it checks. */
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** There without being made, in every tenant. */
    static final List<QueueName> BUILT_IN = List.of(
            new QueueName("email"),
            new QueueName("email-codes"),
            new QueueName("webhook"),
            new QueueName("notification"),
            new QueueName("report"),
            new QueueName("analytics"),
            new QueueName("ai"));

    /** The end of a path that means something else; who has a queue of this name keeps it. */
    private static final Set<String> RESERVED = Set.of("stats");

    private static final Set<String> FROM_INSIDE =
            Set.of("email", "email-codes", "webhook", "notification", "analytics");

    public QueueName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 63 lower-case letters, digits and hyphens, a letter first");
        }
    }

    boolean isBuiltIn() {
        return BUILT_IN.contains(this);
    }

    /** Whether no queue is made with this name any more. */
    boolean isReserved() {
        return RESERVED.contains(value);
    }

    /** Whether only the service itself may work it, and fills it through endpoints that know what belongs in it. */
    public boolean isFromInside() {
        return isFromInside(value);
    }

    /** The same of whatever name. */
    public static boolean isFromInside(String name) {
        return FROM_INSIDE.contains(name);
    }

    /** Whether what it does costs the operator, who then says how much of it a tenant may have. */
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
