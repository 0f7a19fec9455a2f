package dev.frontdesk.notification.mail;

/**
 * Who reads a mail.
 *
 * @param locale BCP 47
 */
record MailRecipient(MailAddress address, String firstName, String locale) {}
