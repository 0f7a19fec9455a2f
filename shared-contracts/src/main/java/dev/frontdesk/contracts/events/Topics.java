package dev.frontdesk.contracts.events;

/** Kafka topics, {@code <domain>.<stream>.v<major>}. */
public final class Topics {

    public static final String ACCOUNT_EVENTS = "account.events.v1";
    public static final String SESSION_EVENTS = "session.events.v1";
    public static final String NOTIFICATION_REQUESTS = "notification.requests.v1";

    private Topics() {}

    /** Where one consumer group parks what it cannot read or handle. */
    public static String deadLettersOf(String topic, String group) {
        return topic + "." + group + ".dlt";
    }
}
