package dev.frontdesk.notification.emailtemplates;

import org.jspecify.annotations.Nullable;

/**
 * A mail as its reader sees it.
 *
 * @param subject one line
 * @param html null for a mail that is text alone
 */
public record WrittenMail(
        String subject, String text, @Nullable String html) {}
