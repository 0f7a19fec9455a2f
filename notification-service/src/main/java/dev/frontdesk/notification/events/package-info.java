/** Mails and notifications about events of accounts and sessions. */
@NullMarked
package dev.frontdesk.notification.events;

import org.jspecify.annotations.NullMarked;
