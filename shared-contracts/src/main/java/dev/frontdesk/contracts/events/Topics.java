package dev.frontdesk.contracts.events;

/** Kafka topics, {@code <domain>.<stream>.v<major>}. */
public final class Topics {

    public static final String ACCOUNT_EVENTS = "account.events.v1";
    public static final String SESSION_EVENTS = "session.events.v1";
    public static final String TENANT_EVENTS = "tenant.events.v1";
    public static final String API_KEY_EVENTS = "api-key.events.v1";
    public static final String GATEWAY_EVENTS = "gateway.events.v1";
    public static final String NOTIFICATION_REQUESTS = "notification.requests.v1";

    private Topics() {}

    /** The topic for records that one consumer group cannot read or handle. */
    public static String deadLettersOf(String topic, String group) {
        return topic + "." + group + ".dlt";
    }
}
