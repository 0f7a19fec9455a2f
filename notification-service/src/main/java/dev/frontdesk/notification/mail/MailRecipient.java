package dev.frontdesk.notification.mail;

/**
 * The recipient of a mail.
 *
 * @param locale BCP 47
 */
record MailRecipient(MailAddress address, String firstName, String locale) {}
