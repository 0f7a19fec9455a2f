package dev.frontdesk.notification.notifications;

/**
 * A notification in its transport form: sent over Redis to every instance, and from there unchanged to the client.
 *
 * @param json {@code {"type":"notification","seq":…,"id":…,"kind":…,"title":…,"body":…,"data":{…},"created_at":…}}
 */
public record Frame(long seq, String json) {}
