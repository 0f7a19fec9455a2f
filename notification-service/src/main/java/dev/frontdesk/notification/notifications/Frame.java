package dev.frontdesk.notification.notifications;

/**
 * A notification as it travels: over Redis to every instance, and from there to the client as it is.
 *
 * @param json {@code {"type":"notification","seq":…,"id":…,"kind":…,"title":…,"body":…,"data":{…},"created_at":…}}
 */
public record Frame(long seq, String json) {}
