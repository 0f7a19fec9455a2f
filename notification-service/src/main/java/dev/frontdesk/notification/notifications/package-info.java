/** Notifications to accounts inside the application: numbered and stored in PostgreSQL, published over Redis. */
@NullMarked
package dev.frontdesk.notification.notifications;

import org.jspecify.annotations.NullMarked;
