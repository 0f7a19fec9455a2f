/** E-mail: what applications ask for over HTTP, what is sent on which event, in the reader's language, over SMTP. */
@NullMarked
package dev.frontdesk.notification.mail;

import org.jspecify.annotations.NullMarked;
