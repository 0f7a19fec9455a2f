/** Counts events by day and kind. */
@NullMarked
package dev.frontdesk.notification.analytics;

import org.jspecify.annotations.NullMarked;
