/** E-mail: what is sent to whom on which event, in their language, over SMTP. */
@NullMarked
package dev.frontdesk.notification.mail;

import org.jspecify.annotations.NullMarked;
