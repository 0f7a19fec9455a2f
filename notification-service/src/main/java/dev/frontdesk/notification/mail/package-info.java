/**
 * E-mail: accepts mails from applications and from events, renders them in the recipient's language, and sends them
 * over SMTP.
 */
@NullMarked
package dev.frontdesk.notification.mail;

import org.jspecify.annotations.NullMarked;
