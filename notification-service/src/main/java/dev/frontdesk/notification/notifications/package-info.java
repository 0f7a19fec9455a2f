/** What an account is told inside the application: numbered and kept in PostgreSQL, announced over Redis. */
@NullMarked
package dev.frontdesk.notification.notifications;

import org.jspecify.annotations.NullMarked;
