/** Hears what happened in the other services and turns it into mails and notifications. */
@NullMarked
package dev.frontdesk.notification.intake;

import org.jspecify.annotations.NullMarked;
