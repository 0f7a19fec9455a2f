/** How often what happened, by day. */
@NullMarked
package dev.frontdesk.notification.analytics;

import org.jspecify.annotations.NullMarked;
