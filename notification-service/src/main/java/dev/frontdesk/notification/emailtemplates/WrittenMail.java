package dev.frontdesk.notification.emailtemplates;

import org.jspecify.annotations.Nullable;

/**
 * A mail as its reader sees it.
 *
 * @param subject one line
 * @param html null if the mail is text only
 */
public record WrittenMail(
        String subject, String text, @Nullable String html) {}
