/** Deliveries, notifications and open sockets: what reaches people. */
@NullMarked
package dev.frontdesk.notification;

import org.jspecify.annotations.NullMarked;
